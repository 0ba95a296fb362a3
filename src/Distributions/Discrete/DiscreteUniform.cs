using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The uniform distribution of the whole numbers from low to high, both included.</summary>
public sealed class DiscreteUniform : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="low">The least outcome; a whole number.</param>
    /// <param name="high">The greatest outcome; a whole number, not below the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public DiscreteUniform(Tensor low, Tensor high)
        : base(FamilyParameter.Whole(nameof(low), low), FamilyParameter.Whole(nameof(high), high))
    {
    }

    /// <summary>The least outcome; a whole number.</summary>
    public Tensor Low => this[0];

    /// <summary>The greatest outcome; a whole number, not below the least.</summary>
    public Tensor High => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.IntegerInterval(Low, High);

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(0.5 * (Low + High)));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide((Count - 1) * (Count + 1) / 12));

    /// <inheritdoc/>
    public override Tensor Mode => Wide(Low);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(Wide(Count.Log()));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) =>
        Tensor.Minimum(Gradient.Stop(Low) + (Gradient.Stop(Count) * key.Uniform(SampleShape(shape), DType)).Floor(), Gradient.Stop(High));

    private protected override Tensor Bottom => Low;

    private protected override Tensor Top => High;

    private Tensor Count => High - Low + 1;

    private protected override Tensor LogMass(Tensor k) => (0 * k) - Count.Log();

    private protected override Tensor MassUpTo(Tensor k) => (k - Low + 1) / Count;

    private protected override Tensor MassAbove(Tensor k) => (High - k) / Count;
}
