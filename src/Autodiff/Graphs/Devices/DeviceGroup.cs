namespace ProbNet.Autodiff;

/// <summary>Nodes of a graph that one kernel computes on a device.</summary>
/// <param name="kind">What the kernel is built around.</param>
/// <param name="space">What it runs over, without axes of length 1.</param>
internal sealed class DeviceGroup(DeviceGroupKind kind, Shape space)
{
    public DeviceGroupKind Kind { get; set; } = kind;

    /// <summary>What the kernel runs over, without axes of length 1: of a product, its result.</summary>
    public Shape Space { get; } = space;

    /// <summary>The elementwise operations over the space, in order.</summary>
    public List<GraphNode> Elements { get; } = [];

    /// <summary>The reductions over some axes of the space.</summary>
    public List<(GraphNode Node, ReductionForm Form)> Reductions { get; } = [];

    /// <summary>The first axis that is reduced.</summary>
    public int FirstReduced { get; set; }

    /// <summary>How many axes are reduced.</summary>
    public int ReducedCount { get; set; }

    /// <summary>The elementwise operations over what is left, in order.</summary>
    public List<GraphNode> Finish { get; } = [];

    /// <summary>The product, or the operation that has kernels of its own or runs on the host.</summary>
    public GraphNode? Anchor { get; init; }

    /// <summary>What is left of the space by the reductions.</summary>
    public Shape Reduced => Space[..FirstReduced].Concat(Space[(FirstReduced + ReducedCount)..]);

    /// <summary>All nodes.</summary>
    public IEnumerable<GraphNode> Nodes => [.. Anchor is null ? [] : (GraphNode[])[Anchor], .. Elements, .. Reductions.Select(reduction => reduction.Node), .. Finish];
}
