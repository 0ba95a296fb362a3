using MathNet.Numerics.Integration;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The von Mises distribution of angles told on [−π, π], wherever its mean direction is: density exp(κ·cos(x − μ))/(2π·I₀(κ)). Unlike <see cref="VonMises"/>, whose
/// interval is centred on its mean direction, it can be scored and mixed on one interval of angles.
/// </summary>
public sealed class CircularVonMises : Univariate
{
    private const int Order = 64;

    private const double Turn = 2 * Math.PI;

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order);

    private readonly VonMises _source;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean direction, in radians, in [−π, π].</param>
    /// <param name="concentration">κ; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The concentration is not above 0.</exception>
    public CircularVonMises(Tensor loc, Tensor concentration) => _source = new(loc, concentration);

    /// <summary>μ, the mean direction, in radians.</summary>
    public Tensor Loc => _source.Loc;

    /// <summary>κ; above 0. For large values close to a Normal with variance 1/κ.</summary>
    public Tensor Concentration => _source.Concentration;

    /// <summary>1 − I₁(κ)/I₀(κ): 0 for a point, 1 for the uniform distribution.</summary>
    public Tensor CircularVariance => _source.CircularVariance;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _source.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => _source.BatchShape;

    /// <inheritdoc/>
    public override Support Support { get; } = Support.Interval(-Math.PI, Math.PI);

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <summary>μ, a full turn less for what lies beyond π, and one more for what lies below −π.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) =>
        Estimate.Exact((Loc + (Turn * (_source.Cdf(-Math.PI) - _source.Survival(Math.PI)))).BroadcastTo(BatchShape));

    /// <summary>Of the angle as a number on [−π, π]; with T around μ, E[X²] = E[T²] − 4π·E[(|T| − π)⁺].</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor square = Loc.Square() + _source.Variance().Value - (2 * Turn * Beyond());
        return Estimate.Numeric((square - Mean().Value.Square()).BroadcastTo(BatchShape), 1e-6);
    }

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => _source.Entropy(key);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => _source.LogDensity(value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value)
    {
        value = CheckValue(value, nameof(Cdf));
        return (Unrolled(value.Clip(-Math.PI, Math.PI)) - Unrolled(-Math.PI)).Clip(0, 1);
    }

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value)
    {
        value = CheckValue(value, nameof(Survival));
        return (Unrolled(Math.PI) - Unrolled(value.Clip(-Math.PI, Math.PI))).Clip(0, 1);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor draws = _source.Sample(key, shape), turned = draws - (2 * Math.PI * (draws / (2 * Math.PI)).Round());
        return turned.Clip(-Math.PI, Math.PI);
    }

    // E[(|T| − π)⁺] = ∫ P(T − μ > s) ds from π − |μ| to π, at nodes that crowd where the integrand is largest.
    private Tensor Beyond()
    {
        Shape column = Shape.Create([Order, .. Enumerable.Repeat(1, BatchShape.Rank)]);
        Tensor nodes = Column(i => Math.Pow(s_rule.GetAbscissa(i), 3)), weights = Column(i => 3 * Math.Pow(s_rule.GetAbscissa(i), 2) * s_rule.GetWeight(i)), length = Loc.Abs();
        return length * (weights * _source.Survival(Loc + (Math.PI - length) + (length * nodes))).Sum(0);

        Tensor Column(Func<int, double> of) => Tensor.From([.. Enumerable.Range(0, Order).Select(of)], column).AsFree().Cast(DType);
    }

    // The distribution function around the mean direction, plus 1 a full turn.
    private Tensor Unrolled(Tensor angle)
    {
        Tensor turns = (Gradient.Stop(angle - Loc) / (2 * Math.PI)).Round();
        return turns + _source.Cdf(angle - (2 * Math.PI * turns));
    }
}
