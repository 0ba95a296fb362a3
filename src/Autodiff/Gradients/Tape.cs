namespace ProbNet.Autodiff;

/// <summary>The backward pass over a recorded graph. Iterative: a chain of any length does not overflow the stack.</summary>
internal static class Tape
{
    /// <summary>
    /// Gradients of sum(dy · y) with respect to <paramref name="leaves"/>, along tensors that carry a level of <paramref name="levels"/>;
    /// null where y does not depend on a leaf. The pass stops at the leaves.
    /// </summary>
    /// <param name="y">The result.</param>
    /// <param name="dy">The gradient with respect to it.</param>
    /// <param name="leaves">Where the pass stops.</param>
    /// <param name="levels">Which scopes' graph is followed.</param>
    /// <param name="observe">Sees every contribution to a gradient together with the result that it comes from.</param>
    public static Tensor?[] Backward(
        Tensor y, Tensor dy, IReadOnlyList<Tensor> leaves, ulong levels, Action<Tensor, Tensor>? observe = null)
    {
        var isLeaf = new HashSet<Tensor>(leaves, ReferenceEqualityComparer.Instance);
        List<Tensor> order = Reachable(y, isLeaf, levels);
        var gradients = new Dictionary<Tensor, Tensor>(order.Count, ReferenceEqualityComparer.Instance) { [y] = dy };
        foreach (Tensor output in order)
        {
            if (isLeaf.Contains(output) || !gradients.Remove(output, out Tensor? gradient))
            {
                continue;
            }

            TapeNode node = output.Node!;
            Tensor?[]? joint = node.Op is IJointVjp op
                ? op.Vjp(Array.ConvertAll(node.Inputs, input => (input.Levels & levels) != 0), node.Inputs, output, gradient)
                : null;
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                Tensor input = node.Inputs[i];
                if ((input.Levels & levels) == 0)
                {
                    continue;
                }

                if ((joint is null ? node.Op.Vjp(i, node.Inputs, output, gradient) : joint[i]) is not { } contribution)
                {
                    continue;
                }

                observe?.Invoke(output, contribution);
                contribution = SumTo(contribution, input.Shape);
                gradients[input] = gradients.TryGetValue(input, out Tensor? sum) ? sum + contribution : contribution;
            }
        }

        var result = new Tensor?[leaves.Count];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = gradients.GetValueOrDefault(leaves[i]);
        }

        return result;
    }

    /// <summary>Undoes broadcasting: sums a gradient over the axes that the forward pass repeated.</summary>
    public static Tensor SumTo(Tensor gradient, Shape shape)
    {
        if (gradient.Shape == shape)
        {
            return gradient;
        }

        int added = gradient.Rank - shape.Rank;
        var axes = new List<int>(gradient.Rank);
        for (int i = 0; i < gradient.Rank; i++)
        {
            if (i < added || (shape[i - added] == 1 && gradient.Shape[i] != 1))
            {
                axes.Add(i);
            }
        }

        return gradient.Sum(axes.ToArray(), keepDims: true).Reshape(shape);
    }

    /// <summary>The tensors from <paramref name="y"/> back to the leaves, each after everything that was computed from it.</summary>
    private static List<Tensor> Reachable(Tensor y, HashSet<Tensor> leaves, ulong levels)
    {
        var order = new List<Tensor>();
        if ((y.Levels & levels) == 0)
        {
            return order;
        }

        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance) { y };
        var pending = new Stack<Tensor>();
        pending.Push(y);
        while (pending.TryPop(out Tensor? tensor))
        {
            order.Add(tensor);
            if (leaves.Contains(tensor))
            {
                continue;
            }

            foreach (Tensor input in tensor.Node!.Inputs)
            {
                if ((input.Levels & levels) != 0 && seen.Add(input))
                {
                    pending.Push(input);
                }
            }
        }

        order.Sort(static (a, b) => b.Node!.Id.CompareTo(a.Node!.Id));
        return order;
    }
}
