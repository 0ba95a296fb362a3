namespace ProbNet.Autodiff;

/// <summary>A function that was called once with symbols: its operations in order, to be run again on values.</summary>
internal sealed class TracedFunction
{
    private TracedFunction(Tensor[] symbols, Tensor[] results)
    {
        Symbols = symbols;
        Results = results;
        Operations = Recorded(symbols, results);
    }

    /// <summary>What stands for the inputs.</summary>
    public Tensor[] Symbols { get; }

    /// <summary>The results: symbols, or constants where they do not depend on the inputs.</summary>
    public Tensor[] Results { get; }

    /// <summary>The symbols that are computed, inputs before what uses them.</summary>
    public IReadOnlyList<Tensor> Operations { get; }

    /// <summary>Calls a function once with symbols of the given types.</summary>
    public static TracedFunction Trace(Func<Tensor[], Tensor[]> f, IReadOnlyList<TensorType> inputs)
    {
        Tensor[] symbols = [.. inputs.Select(type => Tensor.Symbol(type.Shape, type.DType))];
        return new TracedFunction(symbols, f(symbols));
    }

    /// <summary>Runs the operations on values; they are recorded for gradients like any others.</summary>
    public Tensor[] Run(Tensor[] inputs)
    {
        var values = new Dictionary<Tensor, Tensor>(Operations.Count + Symbols.Length, ReferenceEqualityComparer.Instance);
        for (int i = 0; i < Symbols.Length; i++)
        {
            values[Symbols[i]] = inputs[i];
        }

        foreach (Tensor operation in Operations)
        {
            values[operation] = operation.Node!.Op.Apply(Array.ConvertAll(operation.Node.Inputs, input => values.GetValueOrDefault(input, input)));
        }

        return Array.ConvertAll(Results, result => values.GetValueOrDefault(result, result));
    }

    private static List<Tensor> Recorded(Tensor[] symbols, Tensor[] results)
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(symbols, ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>(results);
        while (pending.TryPop(out Tensor? tensor))
        {
            // A symbol without a node is an input of an enclosing trace: a constant here.
            if (!tensor.IsSymbolic || tensor.Node is null || !seen.Add(tensor))
            {
                continue;
            }

            order.Add(tensor);
            foreach (Tensor input in tensor.Node.Inputs)
            {
                pending.Push(input);
            }
        }

        order.Sort(static (a, b) => a.Node!.Id.CompareTo(b.Node!.Id));
        return order;
    }
}
