namespace ProbNet.Autodiff;

/// <summary>Maps a traced function over a batch: each recorded operation is run once, on tensors with one more axis in front.</summary>
internal static class Vectorization
{
    /// <summary>Computes a symbolic result with its symbols replaced by batched tensors; true in the answer where the result is batched.</summary>
    public static (Tensor Result, bool Batched) Run(Tensor symbolic, IReadOnlyDictionary<Tensor, Tensor> batchedInputs, int size)
    {
        var values = new Dictionary<Tensor, (Tensor Tensor, bool Batched)>(ReferenceEqualityComparer.Instance);
        foreach ((Tensor symbol, Tensor value) in batchedInputs)
        {
            values[symbol] = (value, true);
        }

        foreach (Tensor node in Recorded(symbolic, values))
        {
            Tensor[] inputs = node.Node!.Inputs;
            (Tensor Tensor, bool Batched)[] arguments = Array.ConvertAll(inputs, input => values.GetValueOrDefault(input, (input, false)));
            bool[] flags = Array.ConvertAll(arguments, argument => argument.Batched);
            Tensor[] tensors = Array.ConvertAll(arguments, argument => argument.Tensor);
            bool any = Array.Exists(flags, flag => flag);
            values[node] = (any ? node.Node.Op.Batch(tensors, flags, size) : node.Node.Op.Apply(tensors), any);
        }

        return values.GetValueOrDefault(symbolic, (symbolic, false));
    }

    /// <summary>The fallback of <see cref="Op.Batch"/>: the operation once an element of the batch.</summary>
    public static Tensor Loop(Op op, Tensor[] inputs, bool[] batched, int size) => Loop(inputs, batched, size, op.Apply);

    public static Tensor Loop(Tensor[] inputs, bool[] batched, int size, Func<Tensor[], Tensor> apply)
    {
        var results = new Tensor[size];
        for (int i = 0; i < size; i++)
        {
            var slice = new Tensor[inputs.Length];
            for (int k = 0; k < inputs.Length; k++)
            {
                slice[k] = batched[k] ? inputs[k][i] : inputs[k];
            }

            results[i] = apply(slice);
        }

        return Tensor.Stack(results);
    }

    /// <summary>Inserts axes of length 1 after the batch axis, so that batched and shared inputs of different ranks broadcast as they did alone.</summary>
    public static Tensor[] AlignRanks(Tensor[] inputs, bool[] batched)
    {
        int rank = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            rank = Math.Max(rank, inputs[i].Rank - (batched[i] ? 1 : 0));
        }

        var aligned = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor x = inputs[i];
            int missing = rank - (x.Rank - 1);
            aligned[i] = batched[i] && missing > 0 ? x.Reshape([x.Shape[0], .. Enumerable.Repeat(1, missing), .. x.Shape[1..]]) : x;
        }

        return aligned;
    }

    /// <summary>Repeats shared inputs so that every input is batched.</summary>
    public static Tensor[] Materialize(Tensor[] inputs, bool[] batched, int size)
    {
        var result = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            result[i] = batched[i] ? inputs[i] : inputs[i].BroadcastTo(Shape.Create([size]).Concat(inputs[i].Shape));
        }

        return result;
    }

    /// <summary>The symbolic tensors that were computed on the way to a result, inputs before what uses them.</summary>
    private static List<Tensor> Recorded(Tensor result, Dictionary<Tensor, (Tensor Tensor, bool Batched)> known)
    {
        var order = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<Tensor>([result]);
        while (pending.TryPop(out Tensor? tensor))
        {
            if (known.ContainsKey(tensor) || !tensor.IsSymbolic || tensor.Node is null || !seen.Add(tensor))
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
