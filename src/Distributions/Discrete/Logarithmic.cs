using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The logarithmic distribution of Fisher (1943): mass −pᵏ/(k·ln(1 − p)) on {1, 2, 3, …}.</summary>
public sealed class Logarithmic : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="probs">p, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Logarithmic(Tensor probs)
        : base(FamilyParameter.OpenUnitInterval(nameof(probs), probs))
    {
    }

    /// <summary>p, strictly between 0 and 1.</summary>
    public Tensor Probs => this[0];

    /// <inheritdoc/>
    public override Support Support => Support.PositiveIntegers;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(Probs / (1 - Probs) / Norm));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact(Wide(Probs / Norm * (LogExcess.Instance.Apply(-Probs) / Norm) / (1 - Probs).Square()));

    /// <inheritdoc/>
    public override Tensor Mode => Tensor.Ones(BatchShape, DType);

    /// <summary>Kemp (1981), algorithm LK: geometric with a random probability.</summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        Tensor ratio = -(-Norm * first.UniformOpen(SampleShape(shape), DType)).Expm1();
        return 1 + (second.Exponential(SampleShape(shape), DType) / -ratio.Log()).Floor();
    }

    private protected override Tensor Bottom => 1.0;

    // −ln(1 − p).
    private Tensor Norm => -(-Probs).Log1p();

    // As (k − 1)·ln p − ln k − ln(−ln(1 − p)/p): at k = 1 and small p the derivatives of k·ln p and of the norm's logarithm cancel.
    private protected override Tensor LogMass(Tensor k) => ((k - 1) * Probs.Log()) - k.Log() - RelativeExcess.Log1p();

    // −ln(1 − p)/p − 1 = p/2 + p²/3 + ….
    private Tensor RelativeExcess
    {
        get
        {
            Tensor small = Gradient.Stop(Probs) < 1e-4, p = Tensor.Where(small, Probs, 0.0), safe = Tensor.Where(small, 0.5, Probs);
            Tensor series = p * (0.5 + (p * ((1.0 / 3) + (p * (0.25 + (p * 0.2))))));
            return Tensor.Where(small, series, LogExcess.Instance.Apply(-safe) / safe);
        }
    }

    private protected override Tensor MassUpTo(Tensor k) => LogarithmicTail.Cdf.Apply(Probs, k);

    private protected override Tensor LogMassUpTo(Tensor k) => LogarithmicTail.LogCdf.Apply(Probs, k);

    private protected override Tensor MassAbove(Tensor k) => LogarithmicTail.Survival.Apply(Probs, k);

    private protected override Tensor LogMassAbove(Tensor k) => LogarithmicTail.LogSurvival.Apply(Probs, k);
}
