using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Distributions;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>The page with the pictures.</summary>
internal static class Page
{
    private const int Columns = 160;
    private const int Rows = 120;
    private const double Low = -3;
    private const double High = 3;

    public static void Write(string path, Tensor x, Tensor y, IReadOnlyList<Result> results, double exactNll)
    {
        Report report = new Report("Five regressions of one data set")
            .Paragraph(
                FormattableString.Invariant($"{x.Size} simulated rows: y follows sin x, with noise that grows up to x = 3, two branches from there to x = 6, ")
                + "heavy-tailed noise from there to x = 9, and nothing beyond. "
                + FormattableString.Invariant($"The density that made them has an NLL of {exactNll:F3} on {Settings.TestRows} test rows."))
            .Table(Table(results))
            .Paragraph(string.Join(" ", Output.WhatToSee.Split('\n')));
        report.Heading("The data").Figure(Data(x, y), "Outliers beyond ±3 are drawn at the edge.");
        report.Heading("What each model says");
        foreach (Result result in results)
        {
            report.Paragraph($"{result.Contestant.Name}: {result.Contestant.Says}").Row(Density(result), Fan(result));
        }

        report.Heading("Two kinds of uncertainty").Figure(
            Kinds(results[^1]), "The ensemble's standard deviation: the part that its members share, and the part about which they disagree. The data end at x = 9.");
        report.Save(path);
    }

    /// <summary>The square root of the ensemble's epistemic variance, averaged where there are data and beyond them.</summary>
    public static (double Data, double Beyond) Epistemic(Result ensemble)
    {
        (double[] at, _, double[] epistemic) = Spread(ensemble);
        return (epistemic.Where((_, i) => at[i] <= Truth.Last).Average(), epistemic.Where((_, i) => at[i] > Truth.Last).Average());
    }

    private static ReportTable Table(IReadOnlyList<Result> results)
    {
        var table = new ReportTable(["model", .. Output.Columns])
        {
            Caption = "Held-out scores; NLL and CRPS: lower is better, coverage should be 0.90; the parts of the data in nats above the exact density.",
            Digits = 3,
        };
        foreach (Result result in results)
        {
            table.Row([result.Contestant.Name, .. Output.Figures(result).Cast<object>()]);
        }

        return table;
    }

    private static Chart Data(Tensor x, Tensor y) => new Chart("training data") { XLabel = "x", YLabel = "y", Width = 820, Height = 320 }
        .Scatter(x.ToDoubles(), y.Clip(Low, High).ToDoubles());

    private static Chart Density(Result result)
    {
        Tensor x = Tensor.Linspace(0, Truth.Drawn, Columns, DType.Float64), y = Tensor.Linspace(Low, High, Rows, DType.Float64);
        Univariate p = result.Predict(x);

        // The square root, so that a narrow peak does not leave everything else dark.
        double[] density = p.LogProb(y.Cast(p.DType).Unsqueeze(-1)).Exp().Clip(0, 4).Sqrt().ToDoubles();
        return new Chart($"{result.Contestant.Name}: density") { XLabel = "x", YLabel = "y" }.HeatMap(x.ToDoubles(), y.ToDoubles(), density, "√p(y | x)");
    }

    private static Chart Fan(Result result)
    {
        Tensor x = Tensor.Linspace(0, Truth.Drawn, Columns, DType.Float64);
        Univariate p = result.Predict(x);
        (Tensor outerLow, Tensor outerHigh) = p.Interval(0.9);
        (Tensor innerLow, Tensor innerHigh) = p.Interval(0.5);
        double[] at = x.ToDoubles();
        return new Chart($"{result.Contestant.Name}: intervals") { XLabel = "x", YLabel = "y", YRange = (Low, High) }
            .Band(at, outerLow.Clip(Low, High).ToDoubles(), outerHigh.Clip(Low, High).ToDoubles(), "90 %")
            .Band(at, innerLow.Clip(Low, High).ToDoubles(), innerHigh.Clip(Low, High).ToDoubles(), "50 %")
            .Line(at, p.Mean().Value.Clip(Low, High).ToDoubles(), "mean");
    }

    private static Chart Kinds(Result ensemble)
    {
        (double[] x, double[] aleatoric, double[] epistemic) = Spread(ensemble);
        return new Chart("standard deviation of the ensemble") { XLabel = "x", YLabel = "standard deviation", Width = 820, Height = 320 }
            .Line(x, aleatoric, "aleatoric").Line(x, epistemic, "epistemic");
    }

    private static (double[] X, double[] Aleatoric, double[] Epistemic) Spread(Result ensemble)
    {
        Tensor x = Tensor.Linspace(0, Truth.Drawn, Columns, DType.Float64);
        Uncertainty variance = ((PredictiveMixture<Mixture<StudentT>>)ensemble.Predict(x)).Uncertainty();
        return (x.ToDoubles(), variance.Aleatoric.Sqrt().ToDoubles(), variance.Epistemic.Sqrt().ToDoubles());
    }
}
