using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Distributions;
using ProbNet.Inference;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>The page with the pictures.</summary>
internal static class Page
{
    private const int GridPoints = 200;
    private const string Pictured = "gaussian";

    public static void Write(string path, RegressionData train, RegressionData test, IReadOnlyList<Result> results, IReadOnlyList<Summary> summaries)
    {
        string[] what = Output.WhatToSee.Split('\n');
        Report report = new Report($"Aleatoric regression: {train.Name}")
            .Paragraph(
                $"{train.Target} predicted from {string.Join(", ", train.Features)}: {train.Count} rows to train, {test.Count} to test. "
                + "Every model predicts a distribution for each input, and is scored on rows that it has not seen.")
            .Table(Table(summaries))
            .Paragraph(string.Join(" ", what));

        report.Heading("Predictions");
        if (train.Features.Count == 1)
        {
            report.Figure(Picture(results, train, test), "Mean, 50 % and 90 % bands of the Gaussian head.");
            foreach (Result[] pair in results.Where(result => result.Contestant.Id != Pictured).Chunk(2))
            {
                report.Row(pair.Select(result => (Figure)Fan(result, train, test)));
            }

            report.Heading("Densities at chosen inputs");
            report.Row(Densities(results, train));
        }
        else
        {
            report.Row(results.Select(result => (Figure)Sorted(result, test)));
        }

        report.Heading("Calibration").Row(results.Select(result =>
            (Figure)StandardCharts.PitHistogram([.. result.Evaluation.Pit], result.Contestant.Name, bins: 10)));
        report.Heading("Learning curves").Row(results.Select(result => (Figure)Curves(result)));
        report.Save(path);
    }

    /// <summary>The picture of the README: data, mean and bands of the Gaussian head.</summary>
    public static Chart Picture(IReadOnlyList<Result> results, RegressionData train, RegressionData test)
    {
        Chart chart = Fan(results.First(result => result.Contestant.Id == Pictured), train, test);
        chart.Width = 820;
        chart.Height = 440;
        return chart;
    }

    private static ReportTable Table(IReadOnlyList<Summary> summaries)
    {
        var table = new ReportTable("model", "NLL (nats)", "RMSE", "CRPS", "90 % coverage", "PIT-KS", "seconds")
        {
            Caption = "Held-out scores. NLL, RMSE, CRPS: lower is better; coverage should be 0.90; PIT-KS 0 is perfect calibration.",
            Digits = 3,
        };
        foreach (Summary row in summaries)
        {
            table.Row(
                row.Contestant.Name, row.Nll.Mean, row.Rmse.Mean, row.Crps.Mean, row.Coverage90.Mean, row.PitKs.Mean,
                FormattableString.Invariant($"{row.Seconds:F1}"));
        }

        return table;
    }

    private static Chart Fan(Result result, RegressionData train, RegressionData test)
    {
        double[] xs = [.. train.X.ToDoubles(), .. test.X.ToDoubles()];
        double low = xs.Min(), high = xs.Max(), margin = 0.02 * (high - low);
        Tensor grid = Tensor.Linspace(low - margin, high + margin, GridPoints, DType.Float64);
        Univariate p = result.Model.Predict(grid);
        (Tensor outerLow, Tensor outerHigh) = p.Interval(0.9);
        (Tensor innerLow, Tensor innerHigh) = p.Interval(0.5);
        double[] x = grid.ToDoubles();
        return new Chart(result.Contestant.Name) { XLabel = train.FeatureLabel, YLabel = train.TargetLabel }
            .Band(x, outerLow.ToDoubles(), outerHigh.ToDoubles(), "90 %")
            .Band(x, innerLow.ToDoubles(), innerHigh.ToDoubles(), "50 %")
            .Line(x, p.Mean().Value.ToDoubles(), "mean")
            .Scatter(train.X.ToDoubles(), train.Y.ToDoubles(), "training data")
            .Scatter(test.X.ToDoubles(), test.Y.ToDoubles(), "test data", Hue.Vermillion);
    }

    /// <summary>Densities of all models at the 10th, 35th, 60th and 85th percentile of the input.</summary>
    private static IEnumerable<Figure> Densities(IReadOnlyList<Result> results, RegressionData train)
    {
        double[] sorted = [.. train.X.ToDoubles().Order()];
        foreach (double fraction in (double[])[0.1, 0.35, 0.6, 0.85])
        {
            double at = sorted[(int)(fraction * (sorted.Length - 1))];
            Univariate[] predictions = [.. results.Select(result => result.Model.Predict(Tensor.From(at)))];
            double low = predictions.Min(p => p.Quantile(0.002).ToDoubles()[0]), high = predictions.Max(p => p.Quantile(0.998).ToDoubles()[0]);
            Tensor y = Tensor.Linspace(low, high, GridPoints, DType.Float64);
            var chart = new Chart(FormattableString.Invariant($"{train.Features[0]} = {at:G4}")) { XLabel = train.TargetLabel, YLabel = "density" };
            for (int i = 0; i < predictions.Length; i++)
            {
                chart.Line(y.ToDoubles(), predictions[i].LogProb(y.Cast(predictions[i].DType)).Exp().ToDoubles(), results[i].Contestant.Name);
            }

            yield return chart;
        }
    }

    /// <summary>Test rows in the order of their predicted mean, with the 90 % band: what is left of a fan when there are several features.</summary>
    private static Chart Sorted(Result result, RegressionData test)
    {
        Univariate p = result.Model.Predict(test.X);
        double[] mean = p.Mean().Value.ToDoubles(), y = test.Y.ToDoubles();
        (Tensor low, Tensor high) = p.Interval(0.9);
        double[] lower = low.ToDoubles(), upper = high.ToDoubles();
        int[] order = [.. Enumerable.Range(0, mean.Length).OrderBy(i => mean[i])];
        double[] rank = [.. order.Select((_, i) => (double)i + 1)];
        return new Chart(result.Contestant.Name) { XLabel = "test rows by predicted mean", YLabel = test.TargetLabel }
            .Band(rank, [.. order.Select(i => lower[i])], [.. order.Select(i => upper[i])], "90 %")
            .Line(rank, [.. order.Select(i => mean[i])], "mean")
            .Scatter(rank, [.. order.Select(i => y[i])], "observed");
    }

    private static Chart Curves(Result result)
    {
        History history = result.Model.Histories[0];
        string name = result.Model.Histories.Count > 1 ? $"{result.Contestant.Name}: the first" : result.Contestant.Name;
        return StandardCharts.LearningCurves(
            [.. history.Loss], [.. history.ValidationLoss], name, result.Contestant.Id == "mse" ? "squared error" : "NLL (nats)");
    }
}
