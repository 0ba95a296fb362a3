using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A density that is constant in each of some bins, a histogram, with exponential tails beyond them: what a head of bins and a head of quantiles predict. The
/// distribution function is linear in each bin; everything asked of it is in closed form.
/// </summary>
public sealed class PiecewiseUniform : Univariate, IReparameterized, ILocationScale<PiecewiseUniform>
{
    // The probability below each edge, [..., bins + 1]; of each bin its probability, ends and width, [..., bins]; and of the tails, [...].
    private readonly Tensor _cumulative, _mass, _left, _right, _width, _lowerMass, _upperMass;

    /// <summary>Creates the distribution.</summary>
    /// <param name="edges">The edges of the bins, rising, [..., bins + 1].</param>
    /// <param name="logits">Unnormalised log masses of the lower tail, of each bin, and of the upper tail, [..., bins + 2].</param>
    /// <param name="lowerScale">The scale of the lower tail, [...]; above 0. Null for the width of the first bin.</param>
    /// <param name="upperScale">The scale of the upper tail, [...]; above 0. Null for the width of the last bin.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">Edges and logits are of different types.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The edges fall.</exception>
    public PiecewiseUniform(Tensor edges, Tensor logits, Tensor? lowerScale = null, Tensor? upperScale = null)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(logits);
        if (edges.DType != logits.DType)
        {
            throw new DTypeException($"PiecewiseUniform: edges are {edges.DType} {edges.Shape}, but logits are {logits.DType} {logits.Shape}; convert one with Cast.");
        }

        if (edges.Rank == 0 || edges.Shape[-1] < 2 || logits.Rank == 0 || logits.Shape[-1] != edges.Shape[-1] + 1)
        {
            throw new ShapeException(
                $"PiecewiseUniform: edges {edges.Shape} and logits {logits.Shape} must be [..., bins + 1] and [..., bins + 2]: the first and last logit are the tails'.");
        }

        (Edges, Logits) = (edges, logits);
        _left = edges[TensorIndex.Ellipsis, ..^1];
        _right = edges[TensorIndex.Ellipsis, 1..];
        Tensor widths = _right - _left;
        if (!widths.IsSymbolic && (Gradient.Stop(widths) < 0).AsSpan<bool>().IndexOf(true) is >= 0 and var at)
        {
            throw new ArgumentOutOfRangeException(
                nameof(edges),
                FormattableString.Invariant($"PiecewiseUniform: the edges must rise, but of the widths of shape {widths.Shape} element {at} is {widths.ToDoubles()[at]:R}."));
        }

        // Edges that fall together in the rounding of the type count as that far apart.
        _width = Tensor.Maximum(widths, (2 * DType.Epsilon() * Gradient.Stop(_right).Abs()) + Tiny);

        LowerScale = lowerScale ?? _width[TensorIndex.Ellipsis, 0];
        UpperScale = upperScale ?? _width[TensorIndex.Ellipsis, ^1];
        BatchShape = Shape.Broadcast(edges.Shape[..^1], logits.Shape[..^1]);
        LogMasses = logits.LogSoftmax();
        Tensor masses = LogMasses.Exp();
        _lowerMass = masses[TensorIndex.Ellipsis, 0];
        _upperMass = masses[TensorIndex.Ellipsis, ^1];
        _mass = masses[TensorIndex.Ellipsis, 1..^1];
        _cumulative = masses[TensorIndex.Ellipsis, ..^1].CumSum(-1);
    }

    /// <summary>The edges of the bins, [..., bins + 1].</summary>
    public Tensor Edges { get; }

    /// <summary>Unnormalised log masses of the lower tail, of each bin, and of the upper tail, [..., bins + 2].</summary>
    public Tensor Logits { get; }

    /// <summary>The same, normalised.</summary>
    public Tensor LogMasses { get; }

    /// <summary>The scale of the lower tail: its density falls by e over it.</summary>
    public Tensor LowerScale { get; }

    /// <summary>The scale of the upper tail.</summary>
    public Tensor UpperScale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [("edges", Edges), ("logits", Logits), ("lower_scale", LowerScale), ("upper_scale", UpperScale)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(
        Wide((_mass * Middle).Sum(-1) + (_lowerMass * (First - LowerScale)) + (_upperMass * (Last + UpperScale))));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor mean = Mean().Value, bins = (_mass * ((Middle - mean.Unsqueeze(-1)).Square() + (_width.Square() / 12))).Sum(-1);
        Tensor lower = _lowerMass * ((First - LowerScale - mean).Square() + LowerScale.Square());
        Tensor upper = _upperMass * ((Last + UpperScale - mean).Square() + UpperScale.Square());
        return Estimate.Exact(Wide(bins + lower + upper));
    }

    /// <summary>The middle of the densest bin, or the edge at which a tail is denser.</summary>
    public override Tensor Mode
    {
        get
        {
            Shape all = BatchShape.Concat([Logits.Shape[-1]]);
            Tensor densities = LogDensities.BroadcastTo(all);
            Tensor points = Tensor.Concat(
                [Edges[TensorIndex.Ellipsis, ..1], Middle, Edges[TensorIndex.Ellipsis, ^1..]], -1).BroadcastTo(all);
            Tensor best = points.Gather(-1, densities.ArgMax(-1, keepDims: true)).Squeeze(-1);
            return Tensor.Where(densities.IsNaN().Any(-1), double.NaN, best);
        }
    }

    /// <summary>−Σ m·ln(m/w), where a tail of scale s counts as a width of e·s.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        Tensor spread = LogDensities - Tensor.Concat(
            [Tensor.Ones(LogMasses.Shape[..^1].Concat([1]), DType), Tensor.Zeros(_mass.Shape, DType), Tensor.Ones(LogMasses.Shape[..^1].Concat([1]), DType)], -1);
        return Estimate.Exact(Wide(-(LogMasses.Exp() * spread).Sum(-1)));
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor x = value.Unsqueeze(-1), inside = (x >= _left) & (x < _right), density = LogDensities;
        Tensor bins = Tensor.Where(inside, density[TensorIndex.Ellipsis, 1..^1], 0.0).Sum(-1);

        // Within the bins no tail is far away: a distance beyond the range of the type would make 0·∞ of its derivative.
        Tensor lower = density[TensorIndex.Ellipsis, 0] - ((First - Tensor.Minimum(value, First)) / LowerScale);
        Tensor upper = density[TensorIndex.Ellipsis, ^1] - ((Tensor.Maximum(value, Last) - Last) / UpperScale);
        Tensor log = Tensor.Where(value < First, lower, Tensor.Where(value >= Last, upper, bins)) + (0 * value);
        return Tensor.Where(Edges.IsNaN().Any(-1), double.NaN, log);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value)
    {
        value = CheckValue(value, nameof(Cdf));
        Tensor bins = (_mass * ((value.Unsqueeze(-1) - _left) / _width).Clip(0, 1)).Sum(-1);
        return (_lowerMass * Fall(First - value, LowerScale)) + bins - (_upperMass * Rise(value - Last, UpperScale));
    }

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value)
    {
        value = CheckValue(value, nameof(Survival));
        Tensor bins = (_mass * ((_right - value.Unsqueeze(-1)) / _width).Clip(0, 1)).Sum(-1);
        return (_upperMass * Fall(value - Last, UpperScale)) + bins - (_lowerMass * Rise(First - value, LowerScale));
    }

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value)
    {
        value = CheckValue(value, nameof(LogCdf));
        return Tensor.Where(value < First, LogMasses[TensorIndex.Ellipsis, 0] - ((First - value) / LowerScale), Cdf(Tensor.Maximum(value, First)).Log());
    }

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value)
    {
        value = CheckValue(value, nameof(LogSurvival));
        return Tensor.Where(value > Last, LogMasses[TensorIndex.Ellipsis, ^1] - ((value - Last) / UpperScale), Survival(Tensor.Minimum(value, Last)).Log());
    }

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability), q = 1 - p;
        Tensor below = _cumulative[TensorIndex.Ellipsis, ..^1];
        Tensor part = ((p.Unsqueeze(-1) - below) / Tensor.Maximum(_mass, Tiny)).Clip(0, 1);
        Tensor bins = First + (_width * part).Sum(-1);
        Tensor isLower = p < _lowerMass, isUpper = q < _upperMass;
        Tensor lower = First + (LowerScale * (Tensor.Where(isLower, p, 1.0).Log() - LogMasses[TensorIndex.Ellipsis, 0]));
        Tensor upper = Last - (UpperScale * (Tensor.Where(isUpper, q, 1.0).Log() - LogMasses[TensorIndex.Ellipsis, ^1]));
        Tensor point = Tensor.Where(isLower, lower, Tensor.Where(isUpper, upper, bins));
        return Tensor.Where((p >= 0) & (p <= 1), point, double.NaN);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>∫ (F(x) − 1{y ≤ x})² dx: in a bin the integral of the square of a line on each side of y, in a tail that of an exponential.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor y = Tensor.Minimum(Tensor.Maximum(value.Unsqueeze(-1), _left), _right);
        Tensor p = _cumulative[TensorIndex.Ellipsis, ..^1], q = _cumulative[TensorIndex.Ellipsis, 1..], f = p + (_mass * ((y - _left) / _width));
        Tensor bins = ((y - _left) * Squares(p, f)) + ((_right - y) * Squares(1 - f, 1 - q));
        return (bins.Sum(-1) / 3) + Tail(First - value, LowerScale, _lowerMass) + Tail(value - Last, UpperScale, _upperMass);

        static Tensor Squares(Tensor a, Tensor b) => a.Square() + (a * b) + b.Square();

        // Of a tail of mass t beyond an edge, y at a distance d beyond it: t²s/2 + d − 2ts·(1 − e^(−d/s)).
        static Tensor Tail(Tensor distance, Tensor scale, Tensor mass)
        {
            Tensor d = distance.Relu();
            return (0.5 * mass.Square() * scale) + d + (2 * mass * scale * (-d / scale).Expm1());
        }
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Quantile(key.UniformOpen(SampleShape(shape), DType));

    /// <inheritdoc/>
    public PiecewiseUniform AffineTransform(Tensor loc, Tensor scale) => new(
        (loc.Rank == 0 ? loc : loc.Unsqueeze(-1)) + ((scale.Rank == 0 ? scale : scale.Unsqueeze(-1)) * Edges), Logits, scale * LowerScale, scale * UpperScale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor First => Edges[TensorIndex.Ellipsis, 0];

    private Tensor Last => Edges[TensorIndex.Ellipsis, ^1];

    private Tensor Middle => 0.5 * (_left + _right);

    // The log density of the lower tail at its edge, of each bin, and of the upper tail at its edge.
    private Tensor LogDensities => LogMasses - Tensor.Concat(
        [Column(LowerScale), _width.BroadcastTo(BatchShape.Concat(_width.Shape[^1..])), Column(UpperScale)], -1).Log();

    private double Tiny => DType == DType.Float32 ? 1e-30 : 1e-300;

    private Tensor Column(Tensor scale) => scale.BroadcastTo(BatchShape).Unsqueeze(-1);

    private Tensor Wide(Tensor value) => value.BroadcastTo(BatchShape);

    // e^(−d/s) beyond the edge, 1 before it; and that less 1.
    private static Tensor Fall(Tensor distance, Tensor scale) => (-distance.Relu() / scale).Exp();

    private static Tensor Rise(Tensor distance, Tensor scale) => (-distance.Relu() / scale).Expm1();
}
