using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A count that is 0 with probability g, and else a draw of another family, which may be 0 too: P(0) = g + (1 − g)·f(0).</summary>
/// <typeparam name="T">The other family, of counts from 0.</typeparam>
public sealed class ZeroInflated<T> : ZeroModified<T>
    where T : Univariate
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="gate">g, the probability of an additional zero, in [0, 1].</param>
    /// <param name="counts">The distribution of the other counts.</param>
    /// <exception cref="ArgumentException">The other distribution is not one of counts.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1].</exception>
    public ZeroInflated(Tensor gate, T counts)
        : base(nameof(ZeroInflated<>), gate, counts)
    {
    }

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) =>
        Counts.Mean(key) switch { var mean => mean with { Value = Wide((1 - Gate) * mean.Value), StandardError = Wide((1 - Gate) * mean.StandardError) } };

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Estimate mean = Counts.Mean(key), variance = Counts.Variance(key);
        return variance with
        {
            Value = Wide((1 - Gate) * (variance.Value + (Gate * mean.Value.Square()))),
            StandardError = Wide((1 - Gate) * variance.StandardError),
        };
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey coin, RandomKey counts) = key.Split();
        return Tensor.Where(coin.Uniform(SampleShape(shape), DType) < Gradient.Stop(Gate), 0.0, Drawn(counts, shape));
    }

    // ln(f₀ + g·(1 − f₀)), from f₀ outwards unless f₀ is negligible.
    private protected override Tensor LogZero(Tensor logZero)
    {
        Tensor large = logZero > -30, safe = Tensor.Where(large, logZero, 0.0);
        Tensor sum = safe + (Gate * (-safe).Expm1()).Log1p();
        return Tensor.Where(large, sum, Tensor.LogAddExp(Numeric.Log(Gate), LogRest + Tensor.Where(large, 0.0, logZero)));
    }

    private protected override Tensor LogFactor => LogRest;

    private protected override Tensor MassUpTo(Tensor cdf) => Gate + ((1 - Gate) * cdf);
}
