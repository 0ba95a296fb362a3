using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>An operation at the edge of its domain, or as far out as numbers go.</summary>
/// <param name="Op">The operation.</param>
/// <param name="Arguments">The numbers it is given.</param>
/// <param name="Expected">Its value, by the formula at that point.</param>
internal sealed record OperationEdge(Op Op, double[] Arguments, double Expected)
{
    public override string ToString() => FormattableString.Invariant($"{Op}({string.Join(", ", Arguments.Select(a => FormattableString.Invariant($"{a:R}")))})");
}

/// <summary>Edges of every operation of the distributions.</summary>
internal static class OperationEdges
{
    private const double Infinity = double.PositiveInfinity, LogTwo = 0.69314718055994531, HalfLogTwoPi = 0.91893853320467274;

    public static IReadOnlyList<OperationEdge> All { get; } = [.. Densities(), .. Tails(), .. Quantiles(), .. Functions()];

    private static IEnumerable<OperationEdge> Densities()
    {
        yield return At(PoissonLogMass.Instance, 0, 0, 0);
        yield return At(PoissonLogMass.Instance, -Infinity, 3, 0);
        yield return At(PoissonLogMass.Instance, -Infinity, 3, Infinity);
        yield return At(PoissonLogMass.Instance, -1e-300, 0, 1e-300);
        yield return At(GammaLogDensity.Instance, 0, 1, 0);
        yield return At(GammaLogDensity.Instance, -Infinity, 2, 0);
        yield return At(GammaLogDensity.Instance, Infinity, 0.5, 0);
        yield return At(GammaLogDensity.Instance, -Infinity, 2, Infinity);
        yield return At(GammaRateLogDensity.Instance, LogTwo, 1, 2, 0);
        yield return At(GammaRateLogDensity.Instance, -Infinity, 2, 3, Infinity);
        yield return At(ProductResidual.Instance, 1, 7, 2, 3);
        yield return At(BetaLogDensity.Instance, 0, 1, 1, 0);
        yield return At(BetaLogDensity.Instance, 0, 1, 1, 1);
        yield return At(BetaLogDensity.Instance, LogTwo, 1, 2, 0);
        yield return At(BetaLogDensity.Instance, Infinity, 0.5, 0.5, 1);
        yield return At(KumaraswamyLogDensity.Instance, 0, 1, 1, 0);
        yield return At(KumaraswamyLogDensity.Instance, LogTwo, 2, 1, 1);
        yield return At(KumaraswamyLogDensity.Instance, -Infinity, 2, 3, 0);
        yield return At(TruncatedNormalLogDensity.Instance, LogTwo - HalfLogTwoPi, 0, 40, 0);
        yield return At(TruncatedNormalLogDensity.Instance, -HalfLogTwoPi - 2, -40, 40, 2);

        // e⁻²·I₀(2).
        yield return At(SkellamLogMass.Instance, Math.Log(2.2795853023360673) - 2, 1, 1, 0);
        yield return At(SkellamLogMass.Instance, -2e-300, 1e-300, 1e-300, 0);
        yield return At(NormalLogMass.Instance, 0, -40, 40);
        yield return At(NormalLogMass.Instance, -LogTwo, -Infinity, 0);
        yield return At(NormalLogMass.Instance, -Infinity, 1, 1);
        yield return At(NarrowNormalMass.Instance, 0, 5, 0);
        yield return At(TruncatedNormalMoment.Mean, Math.Sqrt(2 / Math.PI), 0, 40);
        yield return At(TruncatedNormalMoment.Mean, 0, -40, 40);
        yield return At(TruncatedNormalMoment.Variance, 1 - (2 / Math.PI), 0, 40);
        yield return At(TruncatedNormalMoment.Variance, 1, -40, 40);
    }

    private static IEnumerable<OperationEdge> Tails()
    {
        yield return At(IncompleteGamma.Lower, 0, 2, 0);
        yield return At(IncompleteGamma.Lower, 1, 2, Infinity);
        yield return At(IncompleteGamma.LogLower, -Infinity, 2, 0);
        yield return At(IncompleteGamma.Upper, 1, 2, 0);
        yield return At(IncompleteGamma.LogUpper, -1e5, 1, 1e5);
        yield return At(IncompleteBeta.Lower, 0, 2, 3, 0);
        yield return At(IncompleteBeta.Lower, 1, 2, 3, 1);
        yield return At(IncompleteBeta.LogLower, 2 * Math.Log(1e-200), 2, 1, 1e-200);
        yield return At(IncompleteBeta.Upper, 0, 2, 3, 1);
        yield return At(IncompleteBeta.LogUpper, -Infinity, 2, 3, 1);
        yield return At(LogitIncompleteBeta.Instance, -800, 1, 1, -800);
        yield return At(LogitIncompleteBeta.Instance, 0, 2, 3, 800);
        yield return At(StudentTTail.Cdf, 0.5, 3, 0);
        yield return At(StudentTTail.Cdf, 0, 3, -Infinity);
        yield return At(StudentTTail.Cdf, 1, 3, Infinity);
        yield return At(StudentTTail.LogCdf, -Math.Log(Math.PI) - Math.Log(1e300), 1, -1e300);
        yield return At(InverseGaussianTail.Cdf, 0, 1, 1e-30);
        yield return At(InverseGaussianTail.LogSurvival, 0, 1, 1e-30);
        yield return At(InverseGaussianTail.Survival, 0, 1, Infinity);
        yield return At(InverseGaussianTail.LogCdf, 0, 1, Infinity);

        // Far out only the exponential part is left: e^(k²/2 − kz).
        yield return At(ExGaussianTail.LogSurvival, 0.5 - 1000, 1, 1000);
        yield return At(ExGaussianTail.Cdf, 1, 1, 1000);
        yield return At(ExGaussianTail.Survival, 1, 1, -1000);
        yield return At(VonMisesTail.Cdf, 0.5, 2, 0);
        yield return At(VonMisesTail.Cdf, 1, 2, Math.PI);
        yield return At(VonMisesTail.Survival, 1, 2, -Math.PI);
        yield return At(VonMisesTail.LogSurvival, 0, 2, -Math.PI);

        // P(Z ≤ 0) = ½ − arctan(α)/π.
        yield return At(SkewNormalTail.Cdf, 0.25, 1, 0);
        yield return At(SkewNormalTail.Survival, 0.25, -1, 0);
        yield return At(SkewNormalTail.LogCdf, 0, 1, 1e10);
        yield return At(LogarithmicTail.Cdf, 0.5 / LogTwo, 0.5, 1);
        yield return At(LogarithmicTail.Survival, 1 - (0.5 / LogTwo), 0.5, 1);
        yield return At(LogarithmicTail.LogCdf, 0, 0.5, 1e4);
        yield return At(SkellamTail.Cdf, 0, 1, 1, -1000);
        yield return At(SkellamTail.Survival, 1, 1, 1, -1000);
        yield return At(SkellamTail.LogCdf, 0, 1, 1, 1000);
    }

    private static IEnumerable<OperationEdge> Quantiles()
    {
        yield return At(StudentTQuantile.Instance, -Infinity, 3, 0);
        yield return At(StudentTQuantile.Instance, 0, 3, 0.5);
        yield return At(StudentTQuantile.Instance, Infinity, 3, 1);
        yield return At(StudentTQuantile.Instance, double.NaN, 3, 1.5);
        yield return At(ContinuousBernoulliQuantile.Instance, 0.25, 0, 0.25);
        yield return At(ContinuousBernoulliQuantile.Instance, 0, 5, 0);
        yield return At(ContinuousBernoulliQuantile.Instance, 1, 1e4, 1);
        yield return At(GammaUpperQuantile.Instance, 0, 1, 1);
        yield return At(GammaUpperQuantile.Instance, -Math.Log(1e-300), 1, 1e-300);
        yield return At(BetaOddsQuantile.Instance, 1.0 / 3, 1, 1, 0.25);
        yield return At(BetaOddsQuantile.Instance, 0, 2, 3, 0);
        yield return At(BetaOddsQuantile.Instance, Infinity, 2, 3, 1);
        yield return At(new PoissonQuantile(DType.Float64.Epsilon()), 0, 5, 0);
        yield return At(new PoissonQuantile(DType.Float64.Epsilon()), 0, 0, 1);
        yield return At(new PoissonQuantile(DType.Float64.Epsilon()), Infinity, 5, 1);
        yield return At(new TailQuantile(SkewNormalTail.Cdf), 0, 0, 0.5);
        yield return At(new TailQuantile(SkewNormalTail.Cdf), double.NaN, 1, 1);
    }

    private static IEnumerable<OperationEdge> Functions()
    {
        yield return At(LogExcess.Instance, Infinity, -1);
        yield return At(LogExcess.Instance, 0.5e-300, 1e-150);
        yield return At(Log1pSquare.Instance, 0, 0);
        yield return At(Log1pSquare.Instance, 2 * Math.Log(1e200), -1e200);
        yield return At(Log1pSquare.Instance, Infinity, Infinity);
        yield return At(Langevin.Instance, 0, 0);
        yield return At(Langevin.Instance, 1, Infinity);
        yield return At(Langevin.Instance, -1e-300 / 3, -1e-300);
        yield return At(LangevinSlope.Instance, 1 / 3.0, 0);
        yield return At(LangevinSlope.Instance, 0, Infinity);
        yield return At(LogSinhc.Instance, 0, 0);
        yield return At(LogSinhc.Instance, 1e300, -1e300);
        yield return At(NormalLogQuantile.Instance, 0, -LogTwo);
        yield return At(NormalLogQuantile.Instance, -Math.Sqrt(2) * 1e150, -1e300);
        yield return At(ScaledExpIntegral.Instance, Infinity, 0);
        yield return At(ScaledExpIntegral.Instance, 1e-300, 1e300);
        yield return At(RateDivergence.Instance, 0, 7, 7);
        yield return At(RateDivergence.Instance, Infinity, 1, 0);
        yield return At(RateDivergence.Instance, 1e300, 1e-300, 1e300);
        yield return At(LogGammaExcess.Instance, 0, 5, 0, 5);

        // Euler's constant, −ψ(1).
        yield return At(LogGammaExcess.Instance, 0.57721566490153287, 1, 1, 2);
        yield return At(LogitBetaLogDensity.Instance, -2 * LogTwo, 1, 1, 0);
        yield return At(LogitBetaLogDensity.Instance, -700, 1, 1, 700);
        yield return At(GumbelExponent.Instance, -1, 0);
        yield return At(GumbelExponent.Instance, -Infinity, -Infinity);
        yield return At(InverseGaussianExponent.Instance, 0, 3, 3, 5);
        yield return At(InverseGaussianExponent.Instance, 0.5e200, 1e-200, 1, 1);
        yield return At(LogRatio.Instance, 600 * Math.Log(10), 1e300, 1e-300);
        yield return At(LogRatio.Instance, -Infinity, 0, 1);

        // ψ(2) − ψ(1) = 1; far out a/x; near 0 1/x − 1/(x + a).
        yield return At(DigammaGap.Instance, 1, 1, 1);
        yield return At(DigammaGap.Instance, 1e-300, 1e300, 1);
        yield return At(DigammaGap.Instance, 5e99, 1e-100, 1e-100);

        // ln(Γ(3)·Γ(5)/(Γ(2)·Γ(6))), and ln(Γ(b + 1)·Γ(b + r)/(Γ(b)·Γ(b + 1 + r))) = ln(b/(b + r)).
        yield return At(LogGammaCross.Instance, Math.Log(0.4), 2, 1, 3);
        yield return At(LogGammaCross.Instance, Math.Log(1e-300), 1e-300, 1, 1);
        yield return At(LogGammaPath.Instance, -3, 2, -3);
        yield return At(ScaledExpm1.Instance, 3, 0, 3);
        yield return At(ScaledExpm1.Instance, 1, -1, Infinity);
        yield return At(ScaledExpm1.Instance, -1, 1, -Infinity);
        yield return At(ScaledLog1p.Instance, 3, 0, 3);
        yield return At(ScaledLog1p.Instance, -53 * LogTwo, 1, -2);
        yield return At(ScaledLog1p.Instance, Infinity, 1, Infinity);

        // E₁(h) = −γ − ln h for small h.
        yield return At(ExtremeValueIntegral.Instance, 50 - 0.57721566490153286, 0, 50);
        yield return At(ExtremeValueIntegral.Instance, 0, 0, -1e3);

        // At ν = ½ ln(sinh(κ)/κ) − κ.
        yield return At(LogBesselScaled.Instance, 0, 3, 0);
        yield return At(LogBesselScaled.Instance, -Math.Log(2) - Math.Log(1e300), 0.5, 1e300);

        // At ν = ½ 1 − coth κ + 1/κ.
        yield return At(BesselGap.Instance, 1, 0.5, 0);
        yield return At(BesselGap.Instance, 1e-300, 0.5, 1e300);
        yield return At(PlanarRoot.Instance, 3, 0, 3);
        yield return At(PlanarRoot.Instance, 0, 2, 0);
        yield return At(PlanarRoot.Instance, Infinity, 1, Infinity);
    }

    private static OperationEdge At(Op op, double expected, params double[] arguments) => new(op, arguments, expected);
}
