using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>The page with the pictures.</summary>
internal static class Page
{
    private const int Shown = 1000;
    private const int GridPoints = 60;
    private static readonly double[] s_levels = [80, 2, 0.6, 0.2, 0];

    public static void Write(string path, IReadOnlyList<ToyResult> toys, DigitsResult? digits, RandomKey key)
    {
        Report report = new Report("Score-based diffusion").Paragraph(string.Join(" ", Output.WhatToSee.Split('\n')));
        foreach (ToyResult toy in toys)
        {
            AddToy(report, toy, key);
        }

        if (digits is not null)
        {
            AddDigits(report, digits, key);
        }

        report.Save(path);
    }

    private static void AddToy(Report report, ToyResult toy, RandomKey key)
    {
        report.Heading(toy.Density.Name).Paragraph(FormattableString.Invariant(
            $"Entropy {toy.Entropy:F3} nats; −ln p of the diffusion {toy.Nll:F3}: a gap of {toy.Gap.Mean:F3} ± {toy.Gap.StandardError:F3} on {toy.Points.Shape[0]} fresh points."));
        ReverseDiffusion reverse = toy.Diffusion.Reverse;
        Tensor points = toy.Points[..Math.Min(Shown, toy.Points.Shape[0])];
        Tensor mean = toy.Points.Mean(0), scale = toy.Points.Std(0);

        // Forward: the standardized data as the process diffuses them, shown at the scale that each noise level has.
        Tensor Noisy(double sigma) => sigma == 0 ? points : mean + (scale * reverse.Process.Perturb((points - mean) / scale, sigma, key.FoldIn(1)));
        report.Figure(Clouds("Forward: data become noise", s_levels.Reverse().Select(sigma =>
            Cloud(sigma == 0 ? "data" : FormattableString.Invariant($"σ = {sigma}"), Noisy(sigma), toy, sigma))));

        IReadOnlyList<DiffusionState> path = reverse.Trajectory(key.FoldIn(2), [Shown]);
        report.Figure(Clouds("Reverse: noise becomes draws", s_levels.Select(sigma =>
        {
            DiffusionState state = Nearest(path, sigma);
            return Cloud(sigma == 0 ? "draws" : FormattableString.Invariant($"σ = {state.Sigma:G2}"), state.Value, toy, sigma);
        })));

        report.Row(
            Heat("exact density", toy, toy.Density.LogDensity),
            Heat("density of the diffusion", toy, x => toy.Diffusion.LogProb(x.Cast(DType.Float32))),
            Cloud("draws of the GAN", toy.Gan.Sample(key.FoldIn(3), Shown), toy, 0));
    }

    private static ChartGrid Clouds(string title, IEnumerable<Chart> charts) => new(title, charts) { Columns = 5, CellWidth = 220, CellHeight = 220 };

    /// <summary>The state whose noise is nearest, by its logarithm.</summary>
    private static DiffusionState Nearest(IReadOnlyList<DiffusionState> path, double sigma) =>
        path.MinBy(state => Math.Abs(Math.Log((state.Sigma + 1e-3) / (sigma + 1e-3))));

    private static Chart Cloud(string title, Tensor points, ToyResult toy, double sigma)
    {
        double half = toy.Density.Extent * Math.Sqrt(1 + (sigma * sigma));
        return new Chart(title) { XRange = (-half, half), YRange = (-half, half), Width = 320, Height = 300 }
            .Scatter(points[.., 0].ToDoubles(), points[.., 1].ToDoubles());
    }

    private static Chart Heat(string title, ToyResult toy, Func<Tensor, Tensor> logProb)
    {
        Tensor axis = Tensor.Linspace(-toy.Density.Extent, toy.Density.Extent, GridPoints, DType.Float64);
        Tensor x = axis.BroadcastTo([GridPoints, GridPoints]), y = axis.Unsqueeze(-1).BroadcastTo([GridPoints, GridPoints]);
        double[] density = logProb(Tensor.Stack([x, y], -1).Reshape(-1, 2)).Exp().ToDoubles();
        return new Chart(title) { Width = 340, Height = 300 }.HeatMap(axis.ToDoubles(), axis.ToDoubles(), density);
    }

    private static void AddDigits(Report report, DigitsResult digits, RandomKey key)
    {
        Diffusion p = digits.Diffusion;
        report.Heading("digits").Paragraph(FormattableString.Invariant(
            $"{digits.TrainRows} digits to train. −ln p of {digits.NatsPerPixel.Rows} dequantised test digits, given what they are, with the exact divergence: ")
            + FormattableString.Invariant($"{digits.NatsPerPixel.Mean:F3} ± {digits.NatsPerPixel.StandardError:F3} nats a pixel; bound {digits.BoundPerPixel:F3}."));
        report.Row(Images("test digits", digits.Test[..30], 10), Images("drawn, guidance 1", Draws(p), 10), Images("drawn, guidance 3", Draws(p.WithGuidance(3)), 10));

        IReadOnlyList<DiffusionState> path = p.Reverse.Trajectory(key.FoldIn(4), [1]);
        double[] levels = [80, 5, 2, 1, 0.5, 0.2, 0];
        Tensor[] states = [.. levels.Select(sigma => Nearest(path, sigma).Value[0])];

        // The lower half of each digit is thrown away and drawn again, given the upper half and what it is.
        Tensor known = Tensor.Arange(DigitsExperiment.Pixels) < DigitsExperiment.Pixels / 2;
        Tensor whole = path[^1].Value[0], filled = p.Reverse.Inpaint(key.FoldIn(5), whole, known, [2], steps: 100, repetitions: 4);
        Tensor upper = Tensor.Where(known, whole, 0);
        report.Row(
            Images("from noise to digits, σ = " + string.Join(", ", levels.Select(sigma => FormattableString.Invariant($"{sigma}"))), Tensor.Concat(states), 10),
            Images("upper halves, and two ways to complete them", Tensor.Concat([upper, filled[0], filled[1]]), 10));

        Tensor Draws(Diffusion from) => from.Sample(key.FoldIn(6), 3).Reshape(-1, DigitsExperiment.Pixels);
    }

    private static ImageGrid Images(string title, Tensor pixels, int columns)
    {
        Tensor rows = (pixels.Cast(DType.Float64) / 17).Clip(0, 1);
        var grid = new ImageGrid(title) { Columns = columns, CellSize = 40 };
        for (int i = 0; i < rows.Shape[0]; i++)
        {
            grid.Add(rows[i].ToDoubles(), DigitsExperiment.Side, DigitsExperiment.Side);
        }

        return grid;
    }
}
