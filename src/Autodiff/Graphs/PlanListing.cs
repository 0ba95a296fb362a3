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
        HashSet<GraphNode> listed = new(stages.SelectMany(stage => stage.Steps).SelectMany(step => step), ReferenceEqualityComparer.Instance);
        string Names(IEnumerable<GraphNode> named) => List(named.Select(Name));

        // A reshape that only looks at memory in another way is in no stage.
        string Name(GraphNode node) => node.Op is Reshape && !listed.Contains(node) ? $"{Name(node.Inputs[0])} as {node.Shape}" : node.ToString();

        var text = new StringBuilder();
        text.Append($"graph: {Count(nodes, "operation")} in {Count(steps, "step")} of {Count(stages.Count, "stage")}; ");
        text.AppendLine(FormattableString.Invariant($"{arena:N0} bytes of values, {constants:N0} of constants, {parameters:N0} of parameters"));
        text.AppendLine($"inputs: {List(graph.Inputs.Select(node => $"{node} {node.Type}"))}");
        int number = 0;
        foreach (GraphStage stage in stages)
        {
            text.AppendLine($"stage {++number}: {Heading(stage)}");
            foreach (List<GraphNode> step in stage.Steps)
            {
                bool isFused = stage.IsFused(step);
                if (isFused)
                {
                    text.AppendLine($"  fused, {Count(step.Count, "operation")}:");
                }

                foreach (GraphNode node in step)
                {
                    string kept = isStored(node) ? FormattableString.Invariant($"  ({node.Bytes:N0} bytes)") : "";
                    text.AppendLine($"{(isFused ? "    " : "  ")}{node}: {node.Type} = {node.Op}({Names(node.Inputs)}){kept}");
                }
            }
        }

        foreach ((TracedUpdate update, GraphNode[] needs) in graph.Updates)
        {
            text.AppendLine($"update: {update.Optimizer.GetType().Name} of {List(update.Parameters.Select(parameter => parameter.Name))} by {Names(needs)}");
        }

        foreach ((Parameter parameter, GraphNode value) in graph.Writes)
        {
            text.AppendLine($"write: {parameter.Name} = {Name(value)}");
        }

        text.Append($"results: {Names(graph.Results)}");
        return text.ToString();
    }

    private static string Heading(GraphStage stage)
    {
        if (stage.Rows is not { } rows)
        {
            return "side by side";
        }

        int tile = stage.TileRows;
        return rows <= tile ? Count(rows, "row") : FormattableString.Invariant($"{rows:N0} rows, {tile:N0} at a time");
    }

    private static string Count(int count, string noun) => FormattableString.Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private static string List(IEnumerable<string> items) => string.Join(", ", items);
}
