namespace ProbNet.Autodiff;

/// <summary>
/// Nodes that are computed in one go: either row by row (<see cref="Steps"/> in order, a tile of rows through all of them before the next tile), or
/// each on its own, in any order.
/// </summary>
internal sealed class GraphStage
{
    /// <summary>The number of rows; null for a stage of nodes that do not depend on each other.</summary>
    public int? Rows { get; init; }

    /// <summary>The steps: in a stage by rows, lists of nodes that are fused, and single products; else single nodes.</summary>
    public List<List<GraphNode>> Steps { get; } = [];

    /// <summary>Rows of a tile, in a stage by rows.</summary>
    public int TileRows => PlanCosts.TileRows(
        Rows!.Value, Math.Max(1, Steps.Max(step => step.Max(node => RowForm.Of(node.Shape).Width))), Steps.Exists(step => step[0].Op is MatMul));

    /// <summary>Whether a step is one program of nodes that are fused.</summary>
    public bool IsFused(List<GraphNode> step) => Rows is not null && step[0].Op is not MatMul;
}
