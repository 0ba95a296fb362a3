using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>A trained contestant and how it did.</summary>
/// <param name="Contestant">Which one.</param>
/// <param name="Predict">What predicts.</param>
/// <param name="Nll">The mean negative log density of the test rows, in nats.</param>
/// <param name="Gap">Of each part of the data, how many nats that is above the exact density.</param>
/// <param name="Crps">The mean continuous ranked probability score.</param>
/// <param name="Coverage90">How many test rows lie in the central interval of 90 %.</param>
/// <param name="Seconds">The time of training.</param>
internal sealed record Result(
    Contestant Contestant, Func<Tensor, Univariate> Predict, double Nll, IReadOnlyList<double> Gap, double Crps, double Coverage90, double Seconds)
{
    // From draws: the closed form for a mixture of Student t needs all pairs of components.
    private const int CrpsDraws = 100;
    private static readonly RandomKey s_drawKey = RandomKey.FromSeed(20_261_122);

    public static Result Of(Contestant contestant, Func<Tensor, Univariate> predict, Tensor x, Tensor y, double seconds)
    {
        Univariate p = predict(x);
        Tensor observed = y.Cast(p.DType);
        double[] log = p.LogProb(observed).ToDoubles(), exact = Truth.LogProb(x, y).ToDoubles(), at = x.ToDoubles(), pit = p.Cdf(observed).ToDoubles();
        return new(
            contestant, predict, -log.Average(),
            [.. Truth.Parts.Select(part => Enumerable.Range(0, at.Length).Where(i => at[i] >= part.From && at[i] < part.To).Average(i => exact[i] - log[i]))],
            Scores.Crps(p.Sample(s_drawKey, CrpsDraws), observed, fair: true).ToDoubles().Average(), pit.Average(u => u is > 0.05 and < 0.95 ? 1 : 0), seconds);
    }
}
