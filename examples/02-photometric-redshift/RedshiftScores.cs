using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>
/// The scores of a photometric redshift: of the distribution its log density, its CRPS and its calibration, and of its mean, with Δ = (z_phot − z)/(1 + z), what
/// surveys ask for.
/// </summary>
/// <param name="Nll">Mean negative log density, in nats of redshift.</param>
/// <param name="Crps">Mean continuous ranked probability score, in redshift.</param>
/// <param name="SigmaNmad">1.4826·median|Δ − median Δ|: the scatter without the outliers.</param>
/// <param name="Bias">The mean of Δ.</param>
/// <param name="Outliers">The fraction with |Δ| above 0.15.</param>
/// <param name="Coverage90">How many redshifts lie in the central interval of 90 %.</param>
/// <param name="PitKs">The Kolmogorov–Smirnov distance of the PIT from uniform.</param>
internal sealed record RedshiftScores(double Nll, double Crps, double SigmaNmad, double Bias, double Outliers, double Coverage90, double PitKs)
{
    private const double OutlierLimit = 0.15;
    private const int CrpsDraws = 400;
    private static readonly RandomKey s_drawKey = RandomKey.FromSeed(20_261_122);

    /// <summary>The figures in the order of the table, with their names in the JSON file.</summary>
    public static IReadOnlyList<(string Name, Func<RedshiftScores, double> Of)> Figures { get; } =
    [
        ("nll", s => s.Nll), ("crps", s => s.Crps), ("sigma_nmad", s => s.SigmaNmad), ("bias", s => s.Bias), ("outliers", s => s.Outliers),
        ("coverage90", s => s.Coverage90), ("pit_ks", s => s.PitKs),
    ];

    /// <summary>The probability integral transforms, uniform where the predictions are calibrated.</summary>
    public required IReadOnlyList<double> Pit { get; init; }

    /// <summary>The predictive means.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    public static RedshiftScores Of(Univariate p, Tensor z)
    {
        Tensor observed = z.Cast(p.DType), pit = Scores.Pit(p, observed);
        double[] transform = pit.ToDoubles(), mean = p.Mean().Value.ToDoubles(), truth = z.ToDoubles();
        double[] delta = [.. mean.Zip(truth, (predicted, actual) => (predicted - actual) / (1 + actual))];
        double middle = Median(delta);
        return new(
            Average(-p.LogProb(observed)), Average(CrpsOf(p, observed)), 1.4826 * Median([.. delta.Select(d => Math.Abs(d - middle))]), delta.Average(),
            delta.Average(d => Math.Abs(d) > OutlierLimit ? 1 : 0), transform.Average(u => u is > 0.05 and < 0.95 ? 1 : 0), Scores.UniformDistance(pit))
        {
            Pit = transform,
            Mean = mean,
        };
    }

    // In closed form for mixtures of Normals, else from draws.
    private static Tensor CrpsOf(Univariate p, Tensor observed) => p.CrpsEvidence == Evidence.Exact
        ? p.Crps(observed)
        : Scores.Crps(p.Sample(s_drawKey, CrpsDraws), observed, fair: true);

    private static double Average(Tensor values) => values.ToDoubles().Average();

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }
}
