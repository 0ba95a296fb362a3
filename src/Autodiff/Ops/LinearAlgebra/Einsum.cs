namespace ProbNet.Autodiff;

/// <summary>
/// Sums of products by label: each operand loses repeated and unneeded labels, then pairs are contracted by matrix products, the pair with the
/// smallest result first. All in tensor operations, so the gradient follows.
/// </summary>
internal static class Einsum
{
    // Axes under an ellipsis get labels that cannot be typed; the number counts from the last of them.
    private const char FirstEllipsisLabel = '\uE000';

    public static Tensor Run(string equation, Tensor[] operands)
    {
        (string[] inputs, string output) = Parse(equation, operands);
        var terms = new List<(Tensor X, string Labels)>(operands.Length);
        for (int i = 0; i < operands.Length; i++)
        {
            terms.Add(Diagonalize(operands[i], inputs[i]));
        }

        Dictionary<char, int> sizes = Sizes(equation, terms, output);
        for (int i = 0; i < terms.Count; i++)
        {
            terms[i] = SumOut(DropBroadcast(terms[i], sizes), Needed(terms, i, -1, output));
        }

        while (terms.Count > 1)
        {
            (int a, int b) = CheapestPair(terms, sizes, output);
            (Tensor, string) product = Contract(terms[a], terms[b], Needed(terms, a, b, output));
            terms.RemoveAt(b);
            terms[a] = product;
        }

        return Arrange(terms[0], output);
    }

    private static (string[] Inputs, string Output) Parse(string equation, Tensor[] operands)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        int arrow = text.IndexOf("->", StringComparison.Ordinal);
        string[] inputs = (arrow < 0 ? text : text[..arrow]).Split(',');
        if (inputs.Length != operands.Length)
        {
            throw new ShapeException($"Einsum: '{equation}' names {inputs.Length} operands, but {operands.Length} are given.");
        }

        int ellipsis = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            int rank = operands[i].Rank, named = inputs[i].Replace("...", "", StringComparison.Ordinal).Length;
            bool open = inputs[i].Contains("...", StringComparison.Ordinal);
            if (open ? named > rank : named != rank)
            {
                throw new ShapeException($"Einsum: operand {i} has shape {operands[i].Shape} with {rank} axes, but '{inputs[i]}' in '{equation}' names {named}.");
            }

            ellipsis = Math.Max(ellipsis, open ? rank - named : 0);
            inputs[i] = Expand(inputs[i], rank - named);
        }

        string output = arrow < 0 ? Implicit(inputs, ellipsis) : Expand(text[(arrow + 2)..], ellipsis);
        foreach (string term in inputs.Append(output))
        {
            foreach (char label in term)
            {
                if (!char.IsAsciiLetter(label) && label < FirstEllipsisLabel)
                {
                    throw new ArgumentException($"Einsum: '{label}' in '{equation}' is not a label; write letters, commas, '...' and '->'.", nameof(equation));
                }
            }
        }

        return (inputs, output);
    }

    private static string Expand(string term, int axes)
    {
        string labels = "";
        for (int i = axes - 1; i >= 0; i--)
        {
            labels += (char)(FirstEllipsisLabel + i);
        }

        int at = term.IndexOf("...", StringComparison.Ordinal);
        return at < 0 ? term : string.Concat(term.AsSpan(0, at), labels, term.AsSpan(at + 3));
    }

    // Without an arrow: the axes under an ellipsis, then the labels that stand once, in alphabetical order.
    private static string Implicit(string[] inputs, int ellipsis)
    {
        string all = string.Concat(inputs);
        return Expand("...", ellipsis)
            + string.Concat(all.Where(label => label < FirstEllipsisLabel && all.AsSpan().Count(label) == 1).Order());
    }

    private static Dictionary<char, int> Sizes(string equation, List<(Tensor X, string Labels)> terms, string output)
    {
        var sizes = new Dictionary<char, int>();
        for (int i = 0; i < terms.Count; i++)
        {
            for (int axis = 0; axis < terms[i].Labels.Length; axis++)
            {
                char label = terms[i].Labels[axis];
                int length = terms[i].X.Shape[axis];
                if (sizes.TryGetValue(label, out int known) && known != length && known != 1 && length != 1)
                {
                    string name = label >= FirstEllipsisLabel ? "an axis under '...'" : $"label '{label}'";
                    throw new ShapeException(
                        $"Einsum: {name} in '{equation}' has length {known} in one operand and {length} in operand {i}; the lengths must be equal, or 1.");
                }

                sizes[label] = known == 1 || !sizes.ContainsKey(label) ? length : known;
            }
        }

        for (int i = 0; i < output.Length; i++)
        {
            if (!sizes.ContainsKey(output[i]) || output.IndexOf(output[i]) != i)
            {
                throw new ArgumentException(
                    $"Einsum: the label '{output[i]}' of the result in '{equation}' must stand once there, and in an operand.", nameof(equation));
            }
        }

        return sizes;
    }

    /// <summary>Takes diagonals until each label stands once.</summary>
    private static (Tensor X, string Labels) Diagonalize(Tensor x, string labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            int second = labels.IndexOf(labels[i], i + 1);
            if (second < 0)
            {
                continue;
            }

            if (x.Shape[i] != x.Shape[second])
            {
                throw new ShapeException(
                    $"Einsum: the label '{labels[i]}' stands twice at an operand of shape {x.Shape}, at axes {i} and {second}, whose lengths differ.");
            }

            x = x.Diagonal(0, i, second);
            labels = labels.Remove(second, 1).Remove(i, 1) + labels[i];
            i = -1;
        }

        return (x, labels);
    }

    /// <summary>Removes axes of length 1 whose label is longer elsewhere: they broadcast.</summary>
    private static (Tensor X, string Labels) DropBroadcast((Tensor X, string Labels) term, Dictionary<char, int> sizes)
    {
        for (int axis = term.Labels.Length - 1; axis >= 0; axis--)
        {
            if (term.X.Shape[axis] == 1 && sizes[term.Labels[axis]] != 1)
            {
                term = (term.X.Squeeze(axis), term.Labels.Remove(axis, 1));
            }
        }

        return term;
    }

    private static (Tensor X, string Labels) SumOut((Tensor X, string Labels) term, HashSet<char> needed)
    {
        int[] axes = [.. Enumerable.Range(0, term.Labels.Length).Where(axis => !needed.Contains(term.Labels[axis]))];
        return axes.Length == 0 ? term : (term.X.Sum(axes), string.Concat(term.Labels.Where(needed.Contains)));
    }

    /// <summary>The labels that stand in the result or in other operands than two.</summary>
    private static HashSet<char> Needed(List<(Tensor X, string Labels)> terms, int a, int b, string output)
    {
        HashSet<char> needed = [.. output];
        for (int i = 0; i < terms.Count; i++)
        {
            if (i != a && i != b)
            {
                needed.UnionWith(terms[i].Labels);
            }
        }

        return needed;
    }

    private static (int A, int B) CheapestPair(List<(Tensor X, string Labels)> terms, Dictionary<char, int> sizes, string output)
    {
        (int A, int B) best = (0, 1);
        double least = double.PositiveInfinity;
        for (int a = 0; a < terms.Count; a++)
        {
            for (int b = a + 1; b < terms.Count; b++)
            {
                HashSet<char> needed = Needed(terms, a, b, output);
                double size = 1;
                foreach (char label in terms[a].Labels.Union(terms[b].Labels))
                {
                    size *= needed.Contains(label) ? sizes[label] : 1;
                }

                if (size < least)
                {
                    (least, best) = (size, (a, b));
                }
            }
        }

        return best;
    }

    private static (Tensor X, string Labels) Contract((Tensor X, string Labels) a, (Tensor X, string Labels) b, HashSet<char> needed)
    {
        string both = string.Concat(a.Labels.Where(label => b.Labels.Contains(label, StringComparison.Ordinal)));
        string batch = string.Concat(both.Where(needed.Contains)), summed = string.Concat(both.Where(label => !needed.Contains(label)));
        string left = string.Concat(a.Labels.Except(both)), right = string.Concat(b.Labels.Except(both));
        if (summed.Length == 0 || (left.Length == 0 && right.Length == 0))
        {
            return Multiply(a, b, batch, left, right, summed);
        }

        Tensor x = Arrange(a, batch + left + summed), y = Arrange(b, batch + summed + right);
        Shape batchShape = x.Shape[..batch.Length], leftShape = x.Shape[batch.Length..^summed.Length];
        Shape rightShape = y.Shape[(batch.Length + summed.Length)..];
        int length = x.Shape[^summed.Length..].Size;
        Tensor product = x.Reshape(batchShape.Size, leftShape.Size, length).MatMul(y.Reshape(batchShape.Size, length, rightShape.Size));
        return (product.Reshape(batchShape.Concat(leftShape).Concat(rightShape)), batch + left + right);
    }

    /// <summary>An elementwise product, then the sum over what both have and nothing else needs.</summary>
    private static (Tensor X, string Labels) Multiply((Tensor X, string Labels) a, (Tensor X, string Labels) b, string batch, string left, string right, string summed)
    {
        Tensor x = Arrange(a, batch + left + summed), y = Arrange(b, batch + right + summed);
        int end = batch.Length + left.Length;
        Shape spread = x.Shape[..end].Concat(Enumerable.Repeat(1, right.Length).ToArray()).Concat(x.Shape[end..]);
        Shape over = y.Shape[..batch.Length].Concat(Enumerable.Repeat(1, left.Length).ToArray()).Concat(y.Shape[batch.Length..]);
        Tensor product = x.Reshape(spread) * y.Reshape(over);
        return (summed.Length == 0 ? product : product.Sum([.. Enumerable.Range(-summed.Length, summed.Length)]), batch + left + right);
    }

    /// <summary>The axes in the order of the labels.</summary>
    private static Tensor Arrange((Tensor X, string Labels) term, string labels) =>
        term.Labels == labels ? term.X : term.X.Permute([.. labels.Select(label => term.Labels.IndexOf(label))]);
}
