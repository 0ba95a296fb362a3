using ProbNet.Autodiff;
using ProbNet.Charts;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>The page with the pictures.</summary>
internal static class Page
{
    private const int GridPoints = 400;
    private const int Cell = 10;
    private const int Pictured = 6;

    // Rows among which objects with several redshifts are looked for.
    private const int Searched = 1000;

    public static void Write(string path, Survey survey, IReadOnlyList<Result> results, IReadOnlyList<Summary> summaries)
    {
        Report report = new Report($"Photometric redshifts: {survey.Name}")
            .Paragraph(
                FormattableString.Invariant($"The redshift of an object from its r magnitude and four colours: {survey.TrainZ.Size} objects to train, ")
                + FormattableString.Invariant($"{survey.TestZ.Size} to test. ")
                + "Every model predicts a density p(z) for each object, and is scored on objects that it has not seen.")
            .Table(Table(summaries))
            .Paragraph(string.Join(" ", Output.WhatToSee.Split('\n')));

        double[] z = survey.TestZ.ToDoubles();
        double high = Math.Ceiling(2 * z.Max()) / 2;
        Tensor grid = Tensor.Linspace(0, high, GridPoints, DType.Float64);
        report.Heading("Objects with several redshifts")
            .Paragraph("Test objects for which the mixture finds two redshifts about equally probable. The vertical line is the redshift from the spectrum.")
            .Row(Ambiguous(survey, results, grid).Select(row => (Figure)Densities(survey, results, grid, row)));
        report.Heading("Calibration").Row(results.Select(result => (Figure)StandardCharts.PitHistogram([.. result.Scores.Pit], result.Contestant.Name)));
        report.Heading("The mean of p(z) against the redshift from the spectrum")
            .Row(results.Select(result => (Figure)Scatter(result, z, high)));
        report.Heading("Learning curves").Row(results.Select(result => (Figure)StandardCharts.LearningCurves(
            [.. result.Model.Histories[0].Loss], [.. result.Model.Histories[0].ValidationLoss],
            result.Model.Histories.Count > 1 ? $"{result.Contestant.Name}: the first" : result.Contestant.Name, "NLL (nats)")));
        report.Save(path);
    }

    private static ReportTable Table(IReadOnlyList<Summary> summaries)
    {
        var table = new ReportTable(["model", .. Output.Columns, "seconds"])
        {
            Caption = "Held-out scores. NLL, CRPS, σ_NMAD and outliers: lower is better; coverage should be 0.90; PIT-KS 0 is perfect calibration.",
            Digits = 3,
        };
        foreach (Summary row in summaries)
        {
            table.Row([row.Contestant.Name, .. row.Figures.Select(figure => (object)figure.Mean), FormattableString.Invariant($"{row.Seconds:F1}")]);
        }

        return table;
    }

    private static Chart Scatter(Result result, double[] z, double high) => new Chart(result.Contestant.Name)
    {
        XLabel = "redshift from the spectrum", YLabel = "mean of p(z)", XRange = (0, high), YRange = (0, high),
    }
        .Scatter(z, [.. result.Scores.Mean])
        .Line([0, high], [0, high], "equal", LineStyle.Dashed, Hue.Ink);

    private static Chart Densities(Survey survey, IReadOnlyList<Result> results, Tensor grid, int row)
    {
        var chart = new Chart(FormattableString.Invariant($"test object {row}")) { XLabel = "redshift z", YLabel = "p(z)" };
        foreach (Result result in results)
        {
            double[] density = Density(result, survey.TestX[row..(row + 1)], grid);
            chart.Line(grid.ToDoubles(), density, result.Contestant.Name);
        }

        return chart.VerticalLine(survey.TestZ.ToDoubles()[row], hue: Hue.Ink);
    }

    /// <summary>The test rows whose two highest peaks under the mixture, far apart, are closest to equal.</summary>
    private static IEnumerable<int> Ambiguous(Survey survey, IReadOnlyList<Result> results, Tensor grid)
    {
        Result mixture = results.FirstOrDefault(result => result.Contestant.Id == "mdn") ?? results[^1];
        int rows = Math.Min(Searched, survey.TestZ.Size);
        double[] density = Density(mixture, survey.TestX[..rows], grid), z = grid.ToDoubles();
        return Enumerable.Range(0, rows)
            .Select(row => (Row: row, Balance: SecondPeak([.. Enumerable.Range(0, z.Length).Select(i => density[(i * rows) + row])], z)))
            .OrderByDescending(found => found.Balance).Take(Pictured).Select(found => found.Row).Order();
    }

    // The height of the second peak, at least 0.4 from the first, over that of the first, of the density averaged over cells: a thin spike holds little.
    private static double SecondPeak(double[] fine, double[] points)
    {
        double[] density = [.. fine.Chunk(Cell).Select(cell => cell.Average())], z = [.. points.Chunk(Cell).Select(cell => cell.Average())];
        int[] peaks = [.. Enumerable.Range(1, density.Length - 2).Where(i => density[i] > density[i - 1] && density[i] >= density[i + 1])
            .OrderByDescending(i => density[i])];
        return peaks.Length == 0 ? 0 : peaks.Where(i => Math.Abs(z[i] - z[peaks[0]]) > 0.4).Select(i => density[i] / density[peaks[0]]).FirstOrDefault();
    }

    // [grid, rows].
    private static double[] Density(Result result, Tensor x, Tensor grid)
    {
        ProbNet.Distributions.Univariate p = result.Model.Predict(x);
        return p.LogProb(grid.Cast(p.DType).Unsqueeze(-1)).Exp().ToDoubles();
    }
}
