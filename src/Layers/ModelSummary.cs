using System.Text;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A built model as a table: a row a layer with its output shape and parameter count, the head last, and totals.</summary>
internal static class ModelSummary
{
    public static string Of(Layer body, IHead head)
    {
        List<string[]> rows = [["Layer (type)", "Output shape", "Param #"]];
        AddRows(rows, body, "body");
        rows.Add([$"head ({head.Name})", ShapeText.Batch(head.TargetShape), Count(head.Parameters)]);

        int[] widths = [.. Enumerable.Range(0, 3).Select(i => rows.Max(row => row[i].Length))];
        string rule = new('─', widths.Sum() + 7);
        var text = new StringBuilder();
        for (int i = 0; i < rows.Count; i++)
        {
            string[] row = rows[i];
            text.Append(' ').Append(row[0].PadRight(widths[0])).Append("   ").Append(row[1].PadRight(widths[1]))
                .Append("   ").Append(row[2].PadLeft(widths[2])).Append('\n');
            if (i == 0 || i == rows.Count - 1)
            {
                text.Append(rule).Append('\n');
            }
        }

        Parameter[] all = [.. body.Parameters, .. head.Parameters];
        text.Append(" Total params: ").Append(Size(all)).Append('\n');
        text.Append(" Trainable params: ").Append(Size(all)).Append('\n');
        if (head.State.Count > 0)
        {
            text.Append(" State, not trained by gradients: ").Append(Size(head.State)).Append('\n');
        }

        return text.ToString();
    }

    private static void AddRows(List<string[]> rows, Layer layer, string path)
    {
        if (layer is Sequential sequential)
        {
            for (int i = 0; i < sequential.Layers.Count; i++)
            {
                AddRows(rows, sequential.Layers[i], FormattableString.Invariant($"{path}.{i}"));
            }
        }
        else
        {
            rows.Add([$"{path} ({layer.Name})", ShapeText.Batch(layer.OutputShape), Count(layer.Parameters)]);
        }
    }

    private static string Count(IEnumerable<Parameter> parameters) => FormattableString.Invariant($"{parameters.Sum(p => (long)p.Shape.Size):N0}");

    private static string Size(IReadOnlyList<Parameter> parameters)
    {
        const int Kilobyte = 1024;
        long bytes = parameters.Sum(p => (long)p.Shape.Size * p.DType.ByteSize());
        return bytes < Kilobyte
            ? FormattableString.Invariant($"{Count(parameters)} ({bytes} bytes)")
            : FormattableString.Invariant($"{Count(parameters)} ({bytes / (double)Kilobyte:N2} KB)");
    }
}
