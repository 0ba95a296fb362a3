using ProbNet.Autodiff;
using ProbNet.Charts;

namespace ProbNet.Examples.FlowDensities;

/// <summary>The page with the pictures: for each set the exact density beside those that were learned.</summary>
internal static class Page
{
    private const int Cells = 80, Drawn = 1500, Side = 380;

    public static void Write(string path, Settings settings, RandomKey key, IReadOnlyList<Summary> rows)
    {
        int runs = rows[0].Runs.Count;
        (string[] columns, IEnumerable<string[]> texts) = Output.Table(rows);
        var table = new ReportTable(columns)
        {
            Caption = "Scores in nats, on points that no model has seen" + (runs == 1 ? "." : FormattableString.Invariant($"; means of {runs} seeds and their standard errors.")),
        };
        foreach (string[] row in texts)
        {
            table.Row([.. row]);
        }

        Report report = new Report("Flows: densities in the plane")
            .Paragraph(FormattableString.Invariant($"Each model learns a density from {rows[0].Points.Train.Shape[0]:N0} points in about {settings.Steps:N0} steps."))
            .Table(table)
            .Paragraph(string.Join(" ", Output.WhatToSee.Split('\n')));
        foreach (IGrouping<PointSet, Summary> set in rows.GroupBy(row => row.Points))
        {
            report.Heading(set.Key.Name);
            var figures = new List<Figure> { Scatter("training points", set.Key, set.Key.Train[..Math.Min(Drawn, set.Key.Train.Shape[0])]) };
            if (set.Key.Truth is { } truth)
            {
                figures.Add(Density("exact density", set.Key, truth.LogDensity));
            }

            report.Row(figures);
            foreach (Summary row in set)
            {
                report.Row(
                    Density(row.Contestant.Name, set.Key, row.Flow.LogDensity),
                    Scatter($"{row.Contestant.Name}: draws", set.Key, row.Flow.Density.Sample(key, Drawn)));
            }
        }

        report.Save(path);
    }

    private static Chart Density(string title, PointSet set, Func<Tensor, Tensor> logDensity)
    {
        double extent = set.Extent;
        double[] axis = [.. Enumerable.Range(0, Cells).Select(i => extent * (((2 * (i + 0.5)) / Cells) - 1))];
        Tensor at = Tensor.From(axis), grid = Tensor.Stack([at.BroadcastTo([Cells, Cells]), at.Unsqueeze(1).BroadcastTo([Cells, Cells])], -1).Reshape(-1, 2);
        return Framed(title, extent).HeatMap(axis, axis, logDensity(grid).Exp().ToDoubles(), "density");
    }

    private static Chart Scatter(string title, PointSet set, Tensor points)
    {
        double extent = set.Extent;
        Tensor inside = points.Cast(DType.Float64);
        return Framed(title, extent).Scatter(inside[.., 0].ToDoubles(), inside[.., 1].ToDoubles());
    }

    private static Chart Framed(string title, double extent) => new(title) { Width = Side + 60, Height = Side, XRange = (-extent, extent), YRange = (-extent, extent) };
}
