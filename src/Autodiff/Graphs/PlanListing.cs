using System.Text;

namespace ProbNet.Autodiff;

/// <summary>A plan as text: stages, steps and nodes, with their types and what they need of memory.</summary>
internal static class PlanListing
{
    /// <summary>The listing.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stages">Its stages.</param>
    /// <param name="isStored">Whether a node's value is kept in memory.</param>
    /// <param name="arena">Bytes of computed values.</param>
    /// <param name="constants">Bytes of constants.</param>
    /// <param name="parameters">Bytes of parameters that are read only.</param>
    public static string Of(
        TracedGraph graph, List<GraphStage> stages, Predicate<GraphNode> isStored, long arena, long constants, long parameters)
    {
        int nodes = stages.Sum(stage => stage.Steps.Sum(step => step.Count));
        int steps = stages.Sum(stage => stage.Steps.Count);
        var text = new StringBuilder();
        text.AppendLine(FormattableString.Invariant(
            $"graph: {nodes} operations in {steps} steps of {stages.Count} stages; {arena:N0} bytes of values, {constants:N0} of constants, {parameters:N0} of parameters"));
        text.AppendLine($"inputs: {List(graph.Inputs.Select(node => $"{node} {node.Type}"))}");
        int number = 0;
        foreach (GraphStage stage in stages)
        {
            text.AppendLine(stage.Rows is { } rows
                ? FormattableString.Invariant($"stage {++number}: by tiles of {rows} rows")
                : $"stage {++number}: side by side");
            foreach (List<GraphNode> step in stage.Steps)
            {
                bool isFused = stage.Rows is not null && step[0].Op is not MatMul;
                if (isFused)
                {
                    text.AppendLine(FormattableString.Invariant($"  fused, {step.Count} operations:"));
                }

                foreach (GraphNode node in step)
                {
                    string kept = isStored(node) ? FormattableString.Invariant($"  ({node.Bytes:N0} bytes)") : "";
                    text.AppendLine($"{(isFused ? "    " : "  ")}{node}: {node.Type} = {node.Op}({List(node.Inputs)}){kept}");
                }
            }
        }

        foreach ((TracedUpdate update, GraphNode[] needs) in graph.Updates)
        {
            text.AppendLine($"update: {update.Optimizer.GetType().Name} of {List(update.Parameters.Select(parameter => parameter.Name))} by {List(needs)}");
        }

        foreach ((Parameter parameter, GraphNode value) in graph.Writes)
        {
            text.AppendLine($"write: {parameter.Name} = {value}");
        }

        text.Append($"results: {List(graph.Results)}");
        return text.ToString();
    }

    private static string List<T>(IEnumerable<T> items) => string.Join(", ", items);
}
