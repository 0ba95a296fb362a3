using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>Digits: reconstructions, samples, the map of two latent variables, and which images look wrong.</summary>
internal static class DigitsPart
{
    private const int Width = 128, BatchSize = 64, Epochs = 100, MapEpochs = 100, Columns = 16, MapSide = 12;
    private const double LearningRate = 2e-3, TestFraction = 0.2;

    public static IEnumerable<Outcome> Run(DigitImages all, Settings settings, Report report)
    {
        RandomKey key = settings.Key(1);
        int held = (int)(TestFraction * all.Labels.Length);
        long[] order = key.FoldIn(0).Permutation(all.Labels.Length).ToArray<long>();
        DigitImages test = all.Select(order[..held]), train = all.Select(order[held..]);

        report.Heading("Handwritten digits").Paragraph(
            $"{train.Labels.Length} images of 8 × 8 binary pixels to train, {test.Labels.Length} to test. The decoder says for each pixel how probable it is that it is ink; "
            + "eight latent variables with a standard Normal prior, or with a VampPrior: the mixture of the posteriors of 50 learned pseudo-images.");
        Outcome last = null!;
        Vae vae = null!;
        foreach ((string id, string name, LatentPrior prior) in ((string, string, LatentPrior)[])
            [("digits", "8 latent, N(0, I)", LatentPrior.StandardNormal), ("digits_vamp", "8 latent, VampPrior", LatentPrior.Vamp(50))])
        {
            (vae, last) = Train(id, name, 8, prior, Epochs, train, test, settings, key.FoldIn(1));
            yield return last;
        }

        AddReconstructions(report, vae, test, key.FoldIn(2));
        AddAnomalies(report, vae, test, key.FoldIn(3));

        (Vae map, Outcome small) = Train("digits_map", "2 latent, N(0, I)", 2, LatentPrior.StandardNormal, MapEpochs, train, test, settings, key.FoldIn(4));
        yield return small;
        AddMap(report, map, test);
        report.Row(((Outcome[])[last, small]).Select(model => (Figure)StandardCharts.LearningCurves([.. model.History.Loss], [], model.Model, "loss (nats)")));
    }

    /// <summary>How often a digit upside down has a higher score than one the right way up: the area under the ROC curve.</summary>
    public static double AreaUnderCurve(double[] negatives, double[] positives)
    {
        double[] sorted = [.. negatives.Order()];
        return positives.Average(score =>
        {
            int below = Array.BinarySearch(sorted, score);
            return (below < 0 ? ~below : below) / (double)sorted.Length;
        });
    }

    private static (Vae Vae, Outcome Outcome) Train(
        string id, string name, int latent, LatentPrior prior, int epochs, DigitImages train, DigitImages test, Settings settings, RandomKey key)
    {
        Layer[] Hidden() => [new Dense(Width, Activation.Relu, initializer: Initializer.LeCunNormal), new Dense(Width, Activation.Relu, initializer: Initializer.LeCunNormal)];
        Model<Vae> model = Model.Unconditional(
            new VaeHead(latent, Hidden(), Hidden(), new BernoulliHead(DigitImages.Side * DigitImages.Side), new VaeOptions { Prior = prior }));
        var watch = Stopwatch.StartNew();
        History history = model.Fit(train.Pixels, settings.Fit(epochs, BatchSize, LearningRate, key));
        double seconds = watch.Elapsed.TotalSeconds;

        Vae vae = model.Predict();
        double auc = AreaUnderCurve(vae.AnomalyScore(test.Pixels, key, 20).ToDoubles(), vae.AnomalyScore(test.UpsideDown(), key, 20).ToDoubles());
        return (vae, new Outcome(
            id, $"digits, {name}",
            vae.Elbo(test.Pixels, key, 20).Value.Mean().ToScalar(), vae.LogProbEstimate(test.Pixels, key, Outcome.Draws).Value.Mean().ToScalar(),
            vae.ActiveUnits(test.Pixels), latent, [("upside_down_auc", auc)], history, seconds));
    }

    private static void AddReconstructions(Report report, Vae vae, DigitImages test, RandomKey key)
    {
        Tensor originals = test.Pixels[..Math.Min(3 * Columns, test.Labels.Length / Columns * Columns)];
        report.Figure(
            Ink("Test images, and below each row what is left of them", Pictures.InTurn(originals, vae.Reconstruct(originals).Mean(), Columns), Columns),
            "The probability of ink of each pixel, decoded from the mean of q(z|y).");
        report.Figure(
            Ink("Samples", vae.Decode(vae.Prior.Sample(key, 3 * Columns)).Mean(), Columns), "The probability of ink, decoded from draws of the prior.");
    }

    private static void AddAnomalies(Report report, Vae vae, DigitImages test, RandomKey key)
    {
        double[] scores = vae.AnomalyScore(test.Pixels, key).ToDoubles(), turned = vae.AnomalyScore(test.UpsideDown(), key).ToDoubles();
        long[] worst = Pictures.Highest(scores, Math.Min(Columns, scores.Length)), best = Pictures.Highest([.. scores.Select(s => -s)], Math.Min(Columns, scores.Length));
        report.Figure(
            Ink("The least and the most usual test images", test.Select([.. worst, .. best]).Pixels, Columns, Pictures.Labels(scores, [.. worst, .. best], "F1")),
            "With their anomaly score: minus the importance-weighted bound of the log probability, in nats.");
        report.Figure(
            new Chart("Anomaly scores") { XLabel = "−ln p(y), at most (nats)", YLabel = "density", Width = 760, Height = 300 }
                .Histogram(scores, "test images", bins: 30, density: true).Histogram(turned, "the same upside down", bins: 30, density: true),
            FormattableString.Invariant($"An image upside down has a higher score than one that is not with probability {AreaUnderCurve(scores, turned):F2}."));
    }

    // Ink is black.
    private static ImageGrid Ink(string title, Tensor images, int columns, IReadOnlyList<string>? labels = null) => Pictures.Grid(title, 1 - images, columns, (0, 1), labels);

    private static void AddMap(Report report, Vae vae, DigitImages test)
    {
        Tensor means = vae.Encode(test.Pixels).Mean();
        double[] x = means[.., 0].ToDoubles(), y = means[.., 1].ToDoubles();
        var map = new Chart("The map of the test images") { XLabel = "z₁", YLabel = "z₂", Width = 560, Height = 520 };
        foreach (double label in test.Labels.Distinct().Order())
        {
            int[] rows = [.. Enumerable.Range(0, x.Length).Where(i => test.Labels[i] == label)];
            string name = FormattableString.Invariant($"{label}");
            map.Scatter([.. rows.Select(i => x[i])], [.. rows.Select(i => y[i])], name).Text(rows.Average(i => x[i]), rows.Average(i => y[i]), name);
        }

        // Quantiles of the prior: every picture stands for the same probability. The upper rows are larger z₂, as in the map.
        Tensor levels = new Normal(0f, 1f).Quantile((Tensor.Arange(MapSide).Cast(DType.Float32) + 0.5) / MapSide);
        Shape square = [MapSide, MapSide];
        Tensor z = Tensor.Stack([levels.Unsqueeze(0).BroadcastTo(square), levels.Flip(0).Unsqueeze(1).BroadcastTo(square)], -1).Reshape([square.Size, 2]);
        ImageGrid decoded = Ink("What the decoder draws there", vae.Decode(z).Mean(), MapSide);
        decoded.CellSize = 40;
        report.Paragraph("With two latent variables, the mean of q(z|y) is a point of a map, which keeps alike digits together although training saw no label.")
            .Row(map, decoded);
    }
}
