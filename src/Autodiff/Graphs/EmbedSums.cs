namespace ProbNet.Autodiff;

/// <summary>
/// Turns sums of parts that were each embedded in zeros beside each other into one concatenation: the gradient of a tensor that was taken apart by
/// slices is put together again without the zeros.
/// </summary>
internal static class EmbedSums
{
    public static TracedGraph Join(TracedGraph graph)
    {
        List<GraphNode> order = graph.Sorted();
        int[] uses = new int[order.Count];
        foreach (GraphNode input in order.SelectMany(node => node.Inputs).Concat(graph.Roots))
        {
            uses[input.Index]++;
        }

        var replaced = new Dictionary<GraphNode, GraphNode>(ReferenceEqualityComparer.Instance);
        foreach (GraphNode node in order)
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                node.Inputs[i] = replaced.GetValueOrDefault(node.Inputs[i], node.Inputs[i]);
            }

            if (Concatenation(node, uses) is { } joined)
            {
                replaced[node] = joined;
            }
        }

        GraphNode New(GraphNode node) => replaced.GetValueOrDefault(node, node);
        return replaced.Count == 0 ? graph : new TracedGraph(
            graph.Inputs,
            Array.ConvertAll(graph.Results, New),
            Array.ConvertAll(graph.Writes, write => (write.Parameter, New(write.Value))),
            Array.ConvertAll(graph.Updates, update => (update.Update, Array.ConvertAll(update.Needs, New))));
    }

    private static GraphNode? Concatenation(GraphNode sum, int[] uses)
    {
        if (sum.Op is not Add)
        {
            return null;
        }

        var parts = new List<(int Axis, int Start, GraphNode Source)>();
        if (!Collect(sum, sum.Shape, uses, parts) || parts.Exists(part => part.Axis != parts[0].Axis))
        {
            return null;
        }

        parts.Sort((a, b) => a.Start.CompareTo(b.Start));
        int axis = parts[0].Axis, next = 0;
        var sources = new List<GraphNode>();
        foreach ((_, int start, GraphNode source) in parts)
        {
            if (start < next)
            {
                return null;
            }

            AddZeros(sources, sum.Type, axis, start - next);
            sources.Add(source);
            next = start + source.Shape[axis];
        }

        AddZeros(sources, sum.Type, axis, sum.Shape[axis] - next);
        return GraphNode.Operation(new Concat(axis), sum.Type, [.. sources]);
    }

    /// <summary>The embedded parts of a sum of sums; false if there is anything else in it, or a part of the sum is used elsewhere.</summary>
    private static bool Collect(GraphNode node, Shape shape, int[] uses, List<(int Axis, int Start, GraphNode Source)> parts)
    {
        foreach (GraphNode term in node.Inputs)
        {
            if (term.Shape != shape)
            {
                return false;
            }

            // A sum further down was a node of its own until it was replaced by a concatenation: it is taken apart again.
            bool collected = term.Op switch
            {
                Embed embed => Part(embed, term, parts),
                Add when uses[term.Index] == 1 => Collect(term, shape, uses, parts),
                Concat concat when term.Inputs.Any(input => input.Is(0)) => Parts(concat, term, parts),
                _ => false,
            };
            if (!collected)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Parts(Concat concat, GraphNode node, List<(int Axis, int Start, GraphNode Source)> parts)
    {
        int start = 0;
        foreach (GraphNode source in node.Inputs)
        {
            if (!source.Is(0))
            {
                parts.Add((concat.Axis, start, source));
            }

            start += source.Shape[concat.Axis];
        }

        return true;
    }

    /// <summary>A part that is whole along all axes but one.</summary>
    private static bool Part(Embed embed, GraphNode node, List<(int Axis, int Start, GraphNode Source)> parts)
    {
        GraphNode source = node.Inputs[0];
        int? axis = null;
        for (int i = 0; i < embed.Starts.Length; i++)
        {
            int at = i - embed.Starts.Length;
            if (source.Shape[at] == node.Shape[at] && (embed.Steps[i] == 1 || source.Shape[at] == 1))
            {
                continue;
            }

            // An axis of full length with another step is reversed.
            if (axis is not null || source.Shape[at] == node.Shape[at])
            {
                return false;
            }

            axis = at;
        }

        if (axis is null || embed.Steps[^-axis.Value] != 1 || embed.Background != 0)
        {
            return false;
        }

        parts.Add((axis.Value, embed.Starts[^-axis.Value], source));
        return true;
    }

    private static void AddZeros(List<GraphNode> sources, TensorType type, int axis, int length)
    {
        if (length > 0)
        {
            sources.Add(GraphNode.Uniform(Tensor.Zeros(Shape.Scalar, type.DType), type.Shape.With(axis, length)));
        }
    }
}
