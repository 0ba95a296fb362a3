using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>Cut-outs of the Hubble eXtreme Deep Field: few images, a likelihood with noise of its own.</summary>
internal static class HubblePart
{
    private const int Latent = 8, BatchSize = 32, Epochs = 150, Columns = 16;
    private const double LearningRate = 2e-3, TestFraction = 0.2;

    public static Outcome Run(Tensor images, Settings settings, Report report)
    {
        RandomKey key = settings.Key(2);
        int held = (int)(TestFraction * images.Shape[0]), pixels = images.Shape[1];
        Tensor order = key.FoldIn(0).Permutation(images.Shape[0]), test = images.IndexSelect(0, order[..held]), train = images.IndexSelect(0, order[held..]);

        Model<Vae> model = Model.Unconditional(new VaeHead(
            Latent, [new Dense(128, Activation.Silu), new Dense(64, Activation.Silu)], [new Dense(64, Activation.Silu), new Dense(128, Activation.Silu)],
            new HomoscedasticNormalHead(pixels), new VaeOptions { KlAnnealing = 0.2 }));
        var watch = Stopwatch.StartNew();
        History history = model.Fit(train, settings.Fit(Epochs, BatchSize, LearningRate, key.FoldIn(1)));
        double seconds = watch.Elapsed.TotalSeconds;

        Vae vae = model.Predict();
        Tensor shown = test[..Math.Min(2 * Columns, held / Columns * Columns)], reconstructed = vae.Reconstruct(test).Mean();
        double error = (reconstructed - test).Square().Mean().Sqrt().ToScalar();
        report.Heading("Galaxies and stars of the Hubble eXtreme Deep Field").Paragraph(
            $"{train.Shape[0]} cut-outs of 16 × 16 pixels to train, {held} to test, brightness as the logarithm of the grey value. The decoder predicts a Normal "
            + "for each pixel with one standard deviation for all, which is trained too: it is what eight latent variables do not explain.");
        report.Figure(
            Pictures.Grid("Test images, and below each row what is left of them", Pictures.InTurn(shown, reconstructed[..shown.Shape[0]], Columns), Columns, (0, 1)));
        report.Figure(Pictures.Grid("Samples", vae.Decode(vae.Prior.Sample(key.FoldIn(2), 2 * Columns)).Mean(), Columns, (0, 1)), "Means of the decoder at draws of the prior.");

        double[] scores = vae.AnomalyScore(images, key.FoldIn(3)).ToDoubles();
        long[] worst = Pictures.Highest(scores, Math.Min(Columns, scores.Length));
        report.Figure(
            Pictures.Grid("The least usual images", images.IndexSelect(0, Tensor.From<long>(worst)), Columns, (0, 1), Pictures.Labels(scores, worst, "F0")),
            "With their anomaly score in nats (of a density, so that it can be negative).");
        report.Figure(
            Pictures.Grid("Along each latent variable", Traversals(vae), 9, (0, 1)),
            "A row a latent variable, from −2.4 to 2.4 standard deviations of the prior; the others are 0.");
        return new Outcome(
            "hubble", "Hubble cut-outs",
            vae.Elbo(test, key.FoldIn(4), 20).Value.Mean().ToScalar(), vae.LogProbEstimate(test, key.FoldIn(5), Outcome.Draws).Value.Mean().ToScalar(),
            vae.ActiveUnits(test), Latent, [("reconstruction_rmse", error)], history, seconds);
    }

    // Grey values v as ln(1 + v/10) in units of that of the brightest, so that faint outskirts are seen beside bright centres.
    public static Tensor Stretch(PgmImage image)
    {
        int side = image.Width;
        double brightest = Math.Log(1 + (byte.MaxValue / 10.0));
        return Tensor.From([.. image.Pixels.Select(value => (float)(Math.Log(1 + (value / 10.0)) / brightest))], [image.Height / side, side * side]);
    }

    private static Tensor Traversals(Vae vae)
    {
        Tensor values = Tensor.Linspace(-2.4, 2.4, 9), origin = Tensor.Zeros([Latent]);
        return Tensor.Concat([.. Enumerable.Range(0, Latent).Select(unit => vae.LatentTraversal(origin, unit, values).Mean().Value)]);
    }
}
