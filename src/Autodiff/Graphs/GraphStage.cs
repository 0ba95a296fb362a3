namespace ProbNet.Autodiff;

/// <summary>
/// Nodes that are computed in one go: either row by row (<see cref="Steps"/> in order, a tile of rows through all of them before the next tile), or
/// each on its own, in any order.
/// </summary>
internal sealed class GraphStage
{
    /// <summary>The number of rows; null for a stage of nodes that do not depend on each other.</summary>
    public int? Rows { get; init; }

    /// <summary>The steps: in a stage by rows, lists of elementwise nodes that are fused, and single products; else single nodes.</summary>
    public List<List<GraphNode>> Steps { get; } = [];
}
