using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A count that is 0 with probability g, and else a draw of another family given that it is not 0: P(k) = (1 − g)·f(k)/(1 − f(0)) for k ≥ 1.</summary>
/// <typeparam name="T">The other family, of counts from 0.</typeparam>
public sealed class Hurdle<T> : ZeroModified<T>
    where T : Univariate
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="gate">g, the probability of zero, in [0, 1].</param>
    /// <param name="counts">The distribution of the other counts.</param>
    /// <exception cref="ArgumentException">The other distribution is not one of counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1].</exception>
    public Hurdle(Tensor gate, T counts)
        : base(nameof(Hurdle<>), gate, counts)
    {
    }

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) =>
        Counts.Mean(key) switch { var mean => mean with { Value = Wide(LogFactor.Exp() * mean.Value), StandardError = Wide(LogFactor.Exp() * mean.StandardError) } };

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        // E[K²] = c·(σ² + μ²) with c = (1 − g)/(1 − f₀).
        Estimate mean = Counts.Mean(key), variance = Counts.Variance(key);
        Tensor factor = LogFactor.Exp();
        return variance with
        {
            Value = Wide(factor * (variance.Value + ((1 - factor) * mean.Value.Square()))),
            StandardError = Wide(factor * variance.StandardError),
        };
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        // The quantile of a probability above f₀, from above, so that it is not rounded to 1.
        (RandomKey coin, RandomKey counts) = key.Split();
        Shape all = SampleShape(shape);
        Tensor probability = 1 - (Positive.Exp() * counts.UniformOpen(all, DType));
        Tensor positive = Tensor.Maximum(Counts.Quantile(Gradient.Stop(Tensor.Minimum(probability, 1 - (0.5 * DType.Epsilon())))), 1.0);
        return Tensor.Where(coin.Uniform(all, DType) < Gradient.Stop(Gate), 0.0, positive);
    }

    private protected override Tensor LogZero(Tensor logZero) => Numeric.Log(Gate);

    private protected override Tensor LogFactor => LogRest - Positive;

    // Up to 0 the gate alone: a share of 0 of a factor beyond the range of the type would be NaN.
    private protected override Tensor MassUpTo(Tensor cdf)
    {
        Tensor above = cdf - Counts.Cdf(Tensor.Scalar(0, DType)), none = Gradient.Stop(above).EqualTo(0.0);
        return Gate + Tensor.Where(none, 0.0, Tensor.Where(none, 0.0, LogFactor).Exp() * above);
    }

    // ln(1 − f₀).
    private Tensor Positive => Counts.LogSurvival(Tensor.Scalar(0, DType));
}
