using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>
/// The FlowVAE (Lanusse et al. 2021): a conditional autoencoder with a flow as the prior of its latent variables draws galaxies of requested properties, which are then measured on
/// what it drew.
/// </summary>
internal static class SimulationPart
{
    private const int Latent = 8, BatchSize = 100, Epochs = 60, TestGalaxies = 500, Columns = 16;
    private const double LearningRate = 3e-3;

    public static IEnumerable<Outcome> Run(Settings settings, Report report)
    {
        RandomKey key = settings.Key(3);
        (Tensor clean, Tensor noisy) = GalaxySimulator.Simulate(settings.Galaxies, key.FoldIn(0));
        (Tensor testClean, Tensor testNoisy) = GalaxySimulator.Simulate(TestGalaxies, key.FoldIn(1));
        Tensor requested = GalaxyShape.Measure(testClean);
        report.Heading("Simulated galaxies of requested properties").Paragraph(
            $"{settings.Galaxies} galaxies with Sérsic profiles and noise to train, {TestGalaxies} to test. Features are the flux, size and ellipticity that a survey would "
            + "measure on an image without noise; orientation, profile and the place of the centre are left to the latent variables, whose prior is a flow that "
            + "depends on the features too.");

        foreach ((string id, string name, Func<LatentPrior> prior) in ((string, string, Func<LatentPrior>)[])
        [
            ("simulated_normal", "simulated galaxies, N(0, I)", () => LatentPrior.StandardNormal),
            ("simulated", "simulated galaxies, flow prior", () => LatentPrior.Of(Flows.RealNvp(Latent, layers: 4, hidden: [32]), isConditional: true)),
        ])
        {
            Model<Vae> model = Model.Sequential([], new VaeHead(
                Latent, [new Dense(128, Activation.Silu), new Dense(128, Activation.Silu)], [new Dense(128, Activation.Silu), new Dense(128, Activation.Silu)],
                new HomoscedasticNormalHead(GalaxySimulator.Side * GalaxySimulator.Side), new VaeOptions { Prior = prior() }));
            var watch = Stopwatch.StartNew();
            History history = model.Fit(GalaxyShape.Measure(clean), noisy, settings.Fit(Epochs, BatchSize, LearningRate, key.FoldIn(2)));
            double seconds = watch.Elapsed.TotalSeconds;

            Vae vae = model.Predict(requested);
            Tensor generated = vae.Decode(vae.SampleLatent(key.FoldIn(3))).Mean(), measured = GalaxyShape.Measure(generated);
            var figures = new List<(string, double)>();
            foreach ((int property, string figure) in ((int, string)[])[(0, "flux"), (1, "size"), (2, "ellipticity")])
            {
                // Of flux and size the relative difference.
                double[] difference = [.. Differences(requested, measured, property)];
                double bias = difference.Average();
                figures.Add(($"{figure}_bias", bias));
                figures.Add(($"{figure}_scatter", Math.Sqrt(difference.Average(d => (d - bias) * (d - bias)))));
            }

            if (id == "simulated")
            {
                AddPictures(report, testNoisy, generated + (GalaxySimulator.Noise * key.FoldIn(4).Normal(generated.Shape)), requested, measured);
            }

            yield return new Outcome(
                id, name, vae.Elbo(testNoisy, key.FoldIn(5), 20).Value.Mean().ToScalar(), vae.LogProbEstimate(testNoisy, key.FoldIn(6), Outcome.Draws).Value.Mean().ToScalar(),
                vae.ActiveUnits(testNoisy), Latent, figures, history, seconds);
        }
    }

    private static IEnumerable<double> Differences(Tensor requested, Tensor measured, int property)
    {
        double[] asked = requested[.., property].ToDoubles(), got = measured[.., property].ToDoubles();
        return asked.Zip(got, (a, b) => property switch { 0 => Math.Pow(10, b - a) - 1, 1 => (b / a) - 1, _ => b - a });
    }

    private static void AddPictures(Report report, Tensor simulated, Tensor generated, Tensor requested, Tensor measured)
    {
        int shown = 2 * Columns;
        report.Figure(
            Pictures.Grid(
                "Simulated galaxies, and below each row generated ones of the same flux, size and ellipticity",
                Pictures.InTurn(simulated[..shown], generated[..shown], Columns), Columns, (-0.05, 0.8)),
            "With noise. A generated galaxy has the properties of the one above it, and an orientation of its own.");
        report.Row(Enumerable.Range(0, 3).Select(i => (Figure)Scatter(requested[.., i].ToDoubles(), measured[.., i].ToDoubles(), GalaxyShape.Names[i])));
    }

    private static Chart Scatter(double[] requested, double[] measured, string name)
    {
        (double low, double high) = (requested.Min(), requested.Max());
        return new Chart(name) { XLabel = "requested", YLabel = "measured on generated galaxies", Width = 380, Height = 360 }
            .Scatter(requested, measured).Line([low, high], [low, high], "equal");
    }
}
