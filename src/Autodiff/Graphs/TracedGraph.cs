namespace ProbNet.Autodiff;

/// <summary>A traced function as nodes.</summary>
/// <param name="Inputs">Its arguments.</param>
/// <param name="Results">What it returns.</param>
/// <param name="Writes">What it writes to parameters.</param>
/// <param name="Updates">The optimizers' steps, with the nodes that they need, in the order of <see cref="TracedUpdate.Needs"/>.</param>
internal sealed record TracedGraph(
    GraphNode[] Inputs, GraphNode[] Results, (Parameter Parameter, GraphNode Value)[] Writes, (TracedUpdate Update, GraphNode[] Needs)[] Updates)
{
    /// <summary>What a replay must compute.</summary>
    public IEnumerable<GraphNode> Roots => [.. Results, .. Writes.Select(write => write.Value), .. Updates.SelectMany(update => update.Needs)];

    /// <summary>All nodes that a root needs, inputs before what uses them, numbered in that order.</summary>
    public List<GraphNode> Sorted()
    {
        var order = new List<GraphNode>();
        var state = new Dictionary<GraphNode, bool>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<GraphNode>();
        foreach (GraphNode root in Inputs.Concat(Roots))
        {
            pending.Push(root);
            while (pending.TryPeek(out GraphNode? node))
            {
                if (!state.TryGetValue(node, out bool done))
                {
                    state[node] = false;
                    for (int i = node.Inputs.Length - 1; i >= 0; i--)
                    {
                        if (!state.ContainsKey(node.Inputs[i]))
                        {
                            pending.Push(node.Inputs[i]);
                        }
                    }

                    continue;
                }

                pending.Pop();
                if (!done)
                {
                    state[node] = true;
                    node.Index = order.Count;
                    order.Add(node);
                }
            }
        }

        return order;
    }
}
