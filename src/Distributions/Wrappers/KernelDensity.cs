using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A smooth density from observations: the mean of Normals around them, of one width (Rosenblatt 1956; Parzen 1962). The CRPS takes all pairs of points.
/// </summary>
public sealed class KernelDensity : MixtureDistribution
{
    private readonly Mixture<Normal> _mixture;

    /// <summary>Creates the distribution.</summary>
    /// <param name="points">The observations, [..., points].</param>
    /// <param name="bandwidth">The standard deviation of the kernels, of a shape that broadcasts with the leading axes of the points; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bandwidth is not above 0.</exception>
    /// <exception cref="ShapeException">There is no point, or the shapes do not broadcast.</exception>
    public KernelDensity(Tensor points, Tensor bandwidth)
    {
        ParameterChecks.Align(nameof(KernelDensity), ref points, ref bandwidth);
        if (points.Rank == 0 || points.Shape[-1] == 0)
        {
            throw new ShapeException($"KernelDensity: points have shape {points.Shape}; the last axis lists them and must not be empty: [..., points].");
        }

        Points = points;
        Bandwidth = ParameterChecks.Positive(nameof(KernelDensity), nameof(bandwidth), bandwidth);
        _mixture = new(Tensor.Zeros([points.Shape[-1]], points.DType), new Normal(points, bandwidth.Rank == 0 ? bandwidth : bandwidth.Unsqueeze(-1)));
    }

    /// <summary>The density estimate with the bandwidth of a rule.</summary>
    /// <param name="points">The observations, [..., points]; at least two that differ.</param>
    /// <param name="rule">The rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The points do not differ.</exception>
    public static KernelDensity Fit(Tensor points, BandwidthRule rule = BandwidthRule.Silverman)
    {
        points = ParameterChecks.Single(nameof(KernelDensity), points);
        Tensor deviation = points.Std(-1);
        double shrink = Math.Pow(points.Shape[-1], -0.2);
        if (rule == BandwidthRule.Scott)
        {
            return new(points, 1.06 * shrink * deviation);
        }

        // Where half of the points are equal, their range says nothing.
        Tensor range = (points.Quantile(0.75, -1) - points.Quantile(0.25, -1)) / 1.34;
        return new(points, 0.9 * shrink * Tensor.Where(range > 0, Tensor.Minimum(deviation, range), deviation));
    }

    /// <summary>The observations, [..., points].</summary>
    public Tensor Points { get; }

    /// <summary>The standard deviation of the kernels.</summary>
    public Tensor Bandwidth { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("points", Points), ("bandwidth", Bandwidth)];

    /// <inheritdoc/>
    public override Shape BatchShape => _mixture.BatchShape;

    /// <inheritdoc/>
    public override Tensor LogWeights => _mixture.LogWeights;

    /// <inheritdoc/>
    public override int ComponentCount => Points.Shape[-1];

    /// <summary>A point and a Normal deviation from it, differentiable in both.</summary>
    public override IReparameterized? AsReparameterized() => new ReparameterizedSampler(Draw);

    /// <summary>One of the points, each as likely as the others, and a Normal deviation from it.</summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey choice, RandomKey deviation) = key.Split();
        Shape full = SampleShape(shape);
        Tensor chosen = Tensor.Minimum((choice.Uniform(full, DType.Float64) * ComponentCount).Cast(DType.Int64), Tensor.Scalar(ComponentCount - 1, DType.Int64));
        return new BatchRows(BatchShape).Read(Points, chosen) + (Bandwidth * deviation.Normal(full, DType));
    }

    /// <inheritdoc/>
    protected override Univariate Prototype => _mixture.Components;

    /// <inheritdoc/>
    protected override Tensor Each(Func<Univariate, Tensor, Tensor> function, Tensor value) => function(Prototype, value.IsLiteral ? value : value.Unsqueeze(-1));

    /// <inheritdoc/>
    protected override Tensor OfEach(Func<Univariate, Tensor> function) => function(Prototype).BroadcastTo(BatchShape.Concat([ComponentCount]));

    /// <inheritdoc/>
    protected override Tensor DrawEach(RandomKey key, Shape shape) => Prototype.Sample(key, shape);

    internal override (Tensor LogWeights, Tensor Loc, Tensor Scale)? NormalComponents() => _mixture.NormalComponents();

    internal override QuadratureRule Quadrature(Tensor? cuts = null) => _mixture.Quadrature(cuts);

    private protected override bool SharesSupport => true;

    private protected override Tensor AnySupport(Tensor value) => value.IsFinite();
}
