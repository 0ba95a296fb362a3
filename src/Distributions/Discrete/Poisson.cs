using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Poisson distribution of counts: mass λᵏ·exp(−λ)/k! on {0, 1, 2, …}.</summary>
public sealed class Poisson : Univariate
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="rate">λ, the mean and variance; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Poisson(Tensor rate)
    {
        rate = ParameterChecks.Single(nameof(Poisson), rate);
        Rate = ParameterChecks.NonNegative(nameof(Poisson), nameof(rate), rate);
        BatchShape = rate.Shape;
    }

    /// <summary>λ, the mean and variance; not negative.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("rate", Rate)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Rate.DType;

    /// <inheritdoc/>
    public override Support Support => Support.NonNegativeIntegers;

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Rate);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Rate);

    /// <inheritdoc/>
    public override Tensor Mode => Gradient.Stop(Rate).Floor();

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => PoissonLogMass.Instance.Apply(value.Cast(DType), Rate);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(value, nameof(Cdf), IncompleteGamma.Upper, 0);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Tail(value, nameof(LogCdf), IncompleteGamma.LogUpper, double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(value, nameof(Survival), IncompleteGamma.Lower, 1);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Tail(value, nameof(LogSurvival), IncompleteGamma.LogLower, 0);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) =>
        new PoissonQuantile(DType.Epsilon()).Apply(Gradient.Stop(Rate), Gradient.Stop(CheckProbability(probability)));

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>(y − λ)·(2F(y) − 1) + 2λ·f(⌊y⌋) − λ·exp(−2λ)·(I₀(2λ) + I₁(2λ)) (Wei and Held 2014).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor negative = value < 0;
        Tensor mass = Tensor.Where(negative, 0.0, LogDensity(Tensor.Where(negative, 0.0, value).Floor()).Exp());
        Tensor self = (2 * Rate).BesselI0e() + (2 * Rate).BesselI1e();
        return ((value - Rate) * ((2 * Cdf(value)) - 1)) + (Rate * ((2 * mass) - self));
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => key.Poisson(Gradient.Stop(Rate), shape);

    private Tensor Tail(Tensor value, string method, IncompleteGamma function, double below)
    {
        value = CheckValue(value, method);
        Tensor negative = value < 0;
        // A count so large that nothing lies above it stands in for ∞.
        Tensor count = Tensor.Where(negative, 0.0, value).Clip(0, 1e30).Floor() + 1;
        return Tensor.Where(negative, below, function.Apply(count, Rate));
    }
}
