namespace ProbNet.Autodiff;

/// <summary>Finds the operation that made the first NaN or infinity.</summary>
public static class NonFinite
{
    /// <summary>
    /// Runs a loss forward and backward and names the first operation with a result, or gradient, that is not finite while its inputs are;
    /// null if all is finite.
    /// </summary>
    /// <param name="loss">Computes one number from the parameters.</param>
    /// <param name="parameters">The parameters to differentiate with respect to.</param>
    public static NonFiniteReport? Find(Func<Tensor> loss, IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            if (FirstNonFinite(parameter.Value) is { } at)
            {
                return Report($"the parameter {parameter.Name}", false, parameter.Value, at, []);
            }
        }

        using var scope = new GradientScope(parameters);
        Tensor y = loss();
        NonFiniteReport? found = FindForward(y);
        if (found is not null)
        {
            return found;
        }

        Tensor[] leaves = parameters.Select(scope.LeafOf).ToArray();
        Tape.Backward(y, Tensor.OnesLike(y), leaves, scope.Bit, (output, contribution) =>
        {
            if (found is null && FirstNonFinite(contribution) is { } at)
            {
                found = Report(output.Node!.Op.Name, true, contribution, at, output.Node.Inputs);
            }
        });
        return found;
    }

    private static NonFiniteReport? FindForward(Tensor y)
    {
        var nodes = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance) { y };
        var pending = new Stack<Tensor>([y]);
        while (pending.TryPop(out Tensor? tensor))
        {
            nodes.Add(tensor);
            foreach (Tensor input in tensor.Node?.Inputs ?? [])
            {
                if (seen.Add(input))
                {
                    pending.Push(input);
                }
            }
        }

        // Constants first: an input that is not finite explains everything after it.
        foreach (Tensor tensor in nodes.OrderBy(tensor => tensor.Node?.Id ?? 0))
        {
            // −∞ as an answer outside of a support is a value like any other as long as nothing was computed from it to be trained on.
            if (tensor.DType.IsFloating() && FirstNonFinite(tensor) is { } at)
            {
                return tensor.Node is null
                    ? Report("a constant", false, tensor, at, [])
                    : Report(tensor.Node.Op.Name, false, tensor, at, tensor.Node.Inputs);
            }
        }

        return null;
    }

    private static int? FirstNonFinite(Tensor tensor)
    {
        int at = tensor.RawData switch
        {
            float[] x => Array.FindIndex(x, value => !float.IsFinite(value)),
            double[] x => Array.FindIndex(x, value => !double.IsFinite(value)),
            _ => -1,
        };
        return at < 0 ? null : at;
    }

    private static NonFiniteReport Report(string operation, bool isBackward, Tensor tensor, int at, Tensor[] inputs)
    {
        int[] index = new int[tensor.Rank];
        for (int axis = index.Length - 1, rest = at; axis >= 0; axis--)
        {
            index[axis] = rest % tensor.Shape[axis];
            rest /= tensor.Shape[axis];
        }

        return new NonFiniteReport(
            operation, isBackward, tensor.Reshape(-1)[at].ToScalar(), index, tensor.Shape, Array.ConvertAll(inputs, Describe));
    }

    private static string Describe(Tensor input)
    {
        if (!input.DType.IsFloating() || input.Size == 0)
        {
            return $"{input.DType} {input.Shape}";
        }

        double[] values = input.ToDoubles();
        return FormattableString.Invariant($"{input.DType} {input.Shape} from {values.Min():G4} to {values.Max():G4}");
    }
}
