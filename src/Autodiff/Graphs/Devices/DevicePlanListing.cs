using System.Text;

namespace ProbNet.Autodiff;

/// <summary>A plan of a device as text: its kernels and the operations in each.</summary>
internal static class DevicePlanListing
{
    /// <summary>The listing.</summary>
    /// <param name="device">The device.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="fusion">What runs together.</param>
    /// <param name="bytes">The size of the memory for values.</param>
    /// <param name="kernels">How many kernels each group is.</param>
    public static string Of(Device device, TracedGraph graph, DeviceFusion fusion, long bytes, int[] kernels)
    {
        var text = new StringBuilder();
        int operations = fusion.Groups.Sum(group => group.Nodes.Count()) + fusion.HostNodes.Count;
        text.AppendLine(FormattableString.Invariant(
            $"graph on {device}: {operations} operations in {kernels.Sum()} kernels, {bytes:N0} bytes of values"));
        text.AppendLine($"inputs: {string.Join(", ", graph.Inputs.Select(node => $"{node} {node.Type}"))}");
        foreach (GraphNode node in fusion.HostNodes)
        {
            text.AppendLine($"host, before: {Line(node)}");
        }

        for (int i = 0; i < fusion.Groups.Count; i++)
        {
            DeviceGroup group = fusion.Groups[i];
            string what = group.Kind switch
            {
                DeviceGroupKind.Map => "map",
                DeviceGroupKind.Reduce => $"reduction of axes {group.FirstReduced} to {group.FirstReduced + group.ReducedCount - 1}",
                DeviceGroupKind.Product => "matrix product",
                DeviceGroupKind.Single => "operation",
                _ => "host",
            };
            text.AppendLine(FormattableString.Invariant($"{i + 1}: {what} over {group.Space}{(kernels[i] == 1 ? "" : $", {kernels[i]} kernels")}"));
            foreach (GraphNode node in group.Nodes)
            {
                text.AppendLine($"  {Line(node)}");
            }
        }

        foreach ((TracedUpdate update, GraphNode[] needs) in graph.Updates)
        {
            text.AppendLine($"update: {update.Optimizer.GetType().Name} of {string.Join(", ", update.Parameters.Select(parameter => parameter.Name))} by {Names(needs)}");
        }

        foreach ((Parameter parameter, GraphNode value) in graph.Writes)
        {
            text.AppendLine($"write: {parameter.Name} = {value}");
        }

        return text.Append($"results: {Names(graph.Results)}").ToString();
    }

    private static string Line(GraphNode node) => $"{node}: {node.Type} = {node.Op}({Names(node.Inputs)})";

    private static string Names(IEnumerable<GraphNode> nodes) => string.Join(", ", nodes);
}
