using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Independent coordinates as one outcome: the last batch axes of a distribution become event axes, over which log densities add up.
/// <c>new Independent&lt;Normal&gt;(new Normal(loc, scale), 1)</c> with loc [32, 4] is 32 distributions of vectors of length 4.
/// </summary>
/// <typeparam name="T">The distribution of a coordinate.</typeparam>
public sealed class Independent<T> : Distribution, IIndependent, IFactorized where T : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="coordinates">The coordinates' distributions.</param>
    /// <param name="axes">How many of the last batch axes become event axes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many batch axes.</exception>
    public Independent(T coordinates, int axes)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        if (axes < 0 || axes > coordinates.BatchShape.Rank)
        {
            throw new ArgumentOutOfRangeException(
                nameof(axes), axes, FormattableString.Invariant(
                    $"Independent: {axes} axes cannot become event axes; {coordinates.Name} has batch shape {coordinates.BatchShape}, 0 to {coordinates.BatchShape.Rank} can."));
        }

        Coordinates = coordinates;
        Axes = axes;
    }

    /// <summary>The coordinates' distributions.</summary>
    public T Coordinates { get; }

    /// <summary>How many of their last batch axes are event axes here.</summary>
    public int Axes { get; }

    /// <inheritdoc/>
    public override string Name => $"Independent<{Coordinates.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => Coordinates.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => Coordinates.BatchShape[..^Axes];

    /// <inheritdoc/>
    public override Shape EventShape => Coordinates.BatchShape[^Axes..].Concat(Coordinates.EventShape);

    /// <inheritdoc/>
    public override DType DType => Coordinates.DType;

    /// <inheritdoc/>
    public override Support Support => Coordinates.Support;

    /// <inheritdoc/>
    public override Measure Measure => Coordinates.Measure;

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Coordinates.LogProbEvidence;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Coordinates.Mean(key);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Coordinates.Variance(key);

    /// <inheritdoc/>
    public override Tensor Mode => Coordinates.Mode;

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        Estimate each = Coordinates.Entropy(key);
        return new Estimate(each.Value.Sum(LastAxes), each.StandardError.Square().Sum(LastAxes).Sqrt(), each.Kind);
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Coordinates.LogDensity(value).Sum(LastAxes);

    /// <inheritdoc/>
    public override IReparameterized? AsReparameterized() => Coordinates.AsReparameterized();

    Distribution IIndependent.Coordinates => Coordinates;

    // Asked for by mixtures alone, and only of one axis of numbers.
    (Tensor LogDensities, Tensor Cdfs) IFactorized.Factors(Tensor value) => (Coordinates.LogDensity(value), ((Univariate)(Distribution)Coordinates).Cdf(value));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Coordinates.Sample(key, shape);

    private int[] LastAxes => [.. Enumerable.Range(-Axes, Axes)];
}
