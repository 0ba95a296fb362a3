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

    // Of the probabilities between which the panels of the CRPS lie.
    private static readonly double[] s_logits = [-32, -24, -18, -13, -9, -6.5, -4.5, -3, -2, -1, 0, 1, 2, 3, 4.5, 6.5, 9, 13, 18, 24, 32];

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order), s_panel = new(0, 1, 8);

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

    /// <summary>The quantile around the mean direction of the probability on from the cut, by a full turn where it passes one.</summary>
    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability), from = p + Unrolled(-Math.PI), turns = Gradient.Stop(from).Floor();
        Tensor angle = (_source.Quantile((from - turns).Clip(0, 1)) + (Turn * turns)).Clip(-Math.PI, Math.PI);
        return Tensor.Where(p.EqualTo(0.0), -Math.PI, Tensor.Where(p.EqualTo(1.0), Math.PI, Tensor.Where((p >= 0) & (p <= 1), angle, double.NaN)));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>∫ (F(x) − 1{y ≤ x})² dx on [−π, π], in panels between y, the cut and quantiles around the mean direction.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor inside = value.Clip(-Math.PI, Math.PI), y = inside.BroadcastTo(Shape.Broadcast(value.Shape, BatchShape));
        Tensor levels = Column([.. s_logits.Select(static t => 1 / (1 + Math.Exp(-t)))], y.Rank), angles = Gradient.Stop(_source.Quantile(levels));
        Tensor cut = Tensor.Full([1, .. angles.Shape[1..]], Math.PI, DType);
        angles = Tensor.Concat([angles - (Turn * (angles / Turn).Round()), -cut, cut]);
        Tensor edges = Tensor.Concat([angles.BroadcastTo(angles.Shape[..1].Concat(y.Shape)), y.Unsqueeze(0)]).Clip(-Math.PI, Math.PI).Sort(0).Values;
        Tensor left = edges[..^1].Unsqueeze(1), length = edges[1..].Unsqueeze(1) - left, beyond = (Gradient.Stop(left) >= Gradient.Stop(y)).Cast(DType);
        Tensor squares = (Cdf(left + (length * Column(s_panel.Abscissas, y.Rank))) - beyond).Square();
        return (length * Column(s_panel.Weights, y.Rank) * squares).Sum([0, 1]) + (value - inside).Abs();
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
        Tensor nodes = Nodes(i => Math.Pow(s_rule.GetAbscissa(i), 3)), weights = Nodes(i => 3 * Math.Pow(s_rule.GetAbscissa(i), 2) * s_rule.GetWeight(i)), length = Loc.Abs();
        return length * (weights * _source.Survival(Loc + (Math.PI - length) + (length * nodes))).Sum(0);

        Tensor Nodes(Func<int, double> of) => Column([.. Enumerable.Range(0, Order).Select(of)], BatchShape.Rank);
    }

    // Numbers along an axis in front of others.
    private Tensor Column(double[] numbers, int rank) => Tensor.From(numbers, Shape.Create([numbers.Length, .. Enumerable.Repeat(1, rank)])).AsFree().Cast(DType);

    // The distribution function around the mean direction, plus 1 a full turn.
    private Tensor Unrolled(Tensor angle)
    {
        Tensor turns = (Gradient.Stop(angle - Loc) / (2 * Math.PI)).Round();
        return turns + _source.Cdf(angle - (2 * Math.PI * turns));
    }
}
