using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A monotone spline, element by element (Durkan et al. 2019, arXiv:1906.04032): between knots a quotient of two quadratics that matches the values and the
/// slopes there, outside of the outermost knots a straight line with the slope of the end. The parameters of each element are a row of K bins.
/// </summary>
/// <remarks>
/// In a bin of width w, height h, mean slope s = h/w and end slopes d₀, d₁, with θ = (x − x₀)/w: y = y₀ + h·(sθ² + d₀θ(1 − θ))/D with
/// D = s(θ² + (1 − θ)²) + (d₀ + d₁)θ(1 − θ), and dy/dx = s²·(d₁θ² + 2sθ(1 − θ) + d₀(1 − θ)²)/D². Every term is positive, so that nothing cancels. The inverse
/// solves a quadratic whose discriminant is written as a sum of squares, and so is never negative: with ξ = (y − y₀)/h and m = d₀(1 − ξ) − d₁ξ it is
/// m² + 4s²ξ(1 − ξ), and θ = 2sξ/(2sξ + m + √·). The argument is brought into its bin first, so that points in the tails meet no pole.
/// </remarks>
public sealed class RationalQuadraticSplineTransform : Transform
{
    // Made of knots, or of raw numbers for all elements, [..., P], from which the fused operations compute.
    private readonly Knots? _knots;
    private readonly Tensor? _raw;
    private readonly SplineShape _shape;

    /// <summary>Creates the map from what it is made of.</summary>
    /// <param name="widths">The widths of the bins, [..., K]; above 0.</param>
    /// <param name="heights">Their heights, [..., K]; above 0.</param>
    /// <param name="slopes">The slopes at the knots, [..., K + 1]; above 0.</param>
    /// <param name="left">Where the first bin begins.</param>
    /// <param name="bottom">The value there.</param>
    /// <exception cref="ShapeException">The last axes do not fit.</exception>
    public RationalQuadraticSplineTransform(Tensor widths, Tensor heights, Tensor slopes, double left, double bottom)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(heights);
        ArgumentNullException.ThrowIfNull(slopes);
        if (widths.Rank == 0 || heights.Rank == 0 || slopes.Rank == 0
            || widths.Shape[-1] == 0 || heights.Shape[-1] != widths.Shape[-1] || slopes.Shape[-1] != widths.Shape[-1] + 1)
        {
            throw new ShapeException(
                $"RationalQuadraticSpline: widths {widths.Shape}, heights {heights.Shape} and slopes {slopes.Shape} must be [..., K], [..., K] and [..., K + 1] with K ≥ 1.");
        }

        BinCount = widths.Shape[-1];
        BatchShape = Shape.Broadcast(Shape.Broadcast(widths.Shape[..^1], heights.Shape[..^1]), slopes.Shape[..^1], "RationalQuadraticSpline");
        Shape all = BatchShape.Concat([BinCount]);
        (Tensor width, Tensor height) = (widths.BroadcastTo(all), heights.BroadcastTo(all));
        _knots = new(
            left + width.CumSum(-1) - width, width, bottom + height.CumSum(-1) - height, height,
            slopes[TensorIndex.Ellipsis, ..^1].BroadcastTo(all), slopes[TensorIndex.Ellipsis, 1..].BroadcastTo(all));
        Parameters = [("widths", widths), ("heights", heights), ("slopes", slopes)];
    }

    private RationalQuadraticSplineTransform(Tensor raw, SplineShape shape)
    {
        (_raw, _shape, BinCount, BatchShape, Parameters) = (raw, shape, shape.Bins, raw.Shape[..^1], [("raw", raw)]);
    }

    /// <summary>
    /// The map on [−bound, bound] from what a network predicts: widths and heights are 2·bound times min + (1 − K·min)·softmax, slopes are min + softplus.
    /// </summary>
    /// <param name="widths">Raw widths, [..., K]: any numbers.</param>
    /// <param name="heights">Raw heights, [..., K].</param>
    /// <param name="slopes">
    /// Raw slopes: [..., K − 1] for the inner knots, when the ends have slope 1 and the tails are the identity; or [..., K + 1] for all of them, when the
    /// slopes of the tails are learned too.
    /// </param>
    /// <param name="bound">Half the length of the interval, and half the height; above 0.</param>
    /// <param name="minWidth">The least width of a bin as a part of the interval; below 1/K.</param>
    /// <param name="minHeight">The least height of a bin as a part of the interval; below 1/K.</param>
    /// <param name="minSlope">The least slope at a knot; above 0.</param>
    /// <exception cref="ShapeException">The last axes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static RationalQuadraticSplineTransform FromFeatures(
        Tensor widths, Tensor heights, Tensor slopes, double bound = 3, double minWidth = 1e-3, double minHeight = 1e-3, double minSlope = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(heights);
        ArgumentNullException.ThrowIfNull(slopes);
        int bins = widths.Rank == 0 ? 0 : widths.Shape[-1];
        if (bins == 0 || heights.Rank == 0 || heights.Shape[-1] != bins || slopes.Rank == 0 || (slopes.Shape[-1] != bins - 1 && slopes.Shape[-1] != bins + 1))
        {
            throw new ShapeException(
                $"RationalQuadraticSpline: raw widths {widths.Shape}, heights {heights.Shape} and slopes {slopes.Shape} must be [..., K], [..., K] and [..., K − 1], or "
                + "[..., K + 1] where the slopes of the tails are learned.");
        }

        Shape batch = Shape.Broadcast(Shape.Broadcast(widths.Shape[..^1], heights.Shape[..^1]), slopes.Shape[..^1], "RationalQuadraticSpline");
        Tensor Wide(Tensor raw) => raw.BroadcastTo(batch.Concat([raw.Shape[-1]]));
        return FromFeatures(Tensor.Concat([Wide(widths), Wide(heights), Wide(slopes)], -1), bins, bound, minWidth, minHeight, minSlope);
    }

    /// <summary>The same from one tensor: along its last axis K raw widths, K raw heights, and K − 1 or K + 1 raw slopes.</summary>
    /// <param name="raw">[..., 3·K − 1], or [..., 3·K + 1] where the slopes of the tails are learned.</param>
    /// <param name="bins">K.</param>
    /// <param name="bound">Half the length of the interval, and half the height; above 0.</param>
    /// <param name="minWidth">The least width of a bin as a part of the interval; below 1/K.</param>
    /// <param name="minHeight">The least height of a bin as a part of the interval; below 1/K.</param>
    /// <param name="minSlope">The least slope at a knot; above 0.</param>
    /// <exception cref="ShapeException">The last axis does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static RationalQuadraticSplineTransform FromFeatures(
        Tensor raw, int bins, double bound = 3, double minWidth = 1e-3, double minHeight = 1e-3, double minSlope = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minSlope);
        RequirePart(minWidth, bins, nameof(minWidth));
        RequirePart(minHeight, bins, nameof(minHeight));
        int length = raw.Rank == 0 ? 0 : raw.Shape[-1];
        return length == (3 * bins) - 1 || length == (3 * bins) + 1
            ? new(raw, new SplineShape(bins, bound, minWidth, minHeight, minSlope, LearnTails: length == (3 * bins) + 1))
            : throw new ShapeException(FormattableString.Invariant(
                $"RationalQuadraticSpline: the raw numbers {raw.Shape} must be [..., {(3 * bins) - 1}] or [..., {(3 * bins) + 1}] for {bins} bins."));
    }

    /// <summary>K, the number of bins.</summary>
    public int BinCount { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters { get; }

    /// <summary>The knots, at which the second derivative jumps.</summary>
    public override Tensor? Kinks
    {
        get
        {
            if (_raw is not null)
            {
                return OfKnots(_raw, _shape).Kinks;
            }

            Tensor last = (_knots!.Left + _knots.Width)[TensorIndex.Ellipsis, (BinCount - 1)..];
            return Tensor.Concat([_knots.Left, last], -1).MoveAxis(-1, 0);
        }
    }

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        if (_raw is not null)
        {
            Tensor pair = Fused(new SplineForward(_shape), x);
            return (pair[TensorIndex.Ellipsis, 0], pair[TensorIndex.Ellipsis, 1]);
        }

        Bin bin = Find(x, _knots!.Left);
        Tensor offset = x - bin.Left;
        Tensor below = offset < 0, above = offset > bin.Width;

        // At the end of the line that continues the bin, θ is 0 or 1 exactly.
        Tensor theta = Tensor.Where(below, 0.0, Tensor.Where(above, 1.0, offset / bin.Width)), rest = 1 - theta, both = theta * rest;
        Tensor slope = bin.Height / bin.Width;
        Tensor denominator = (slope * (theta.Square() + rest.Square())) + ((bin.SlopeLeft + bin.SlopeRight) * both);
        Tensor inside = bin.Bottom + (bin.Height * ((slope * theta.Square()) + (bin.SlopeLeft * both)) / denominator);
        Tensor numerator = (bin.SlopeRight * theta.Square()) + (2 * slope * both) + (bin.SlopeLeft * rest.Square());
        Tensor logDet = (2 * (slope / denominator).Log()) + numerator.Log();
        Tensor tail = Tensor.Where(below, bin.SlopeLeft * offset, bin.SlopeRight * (offset - bin.Width));
        return (inside + Tensor.Where(below | above, tail, 0.0), logDet);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        if (_raw is not null)
        {
            return InverseAndLogDet(y).Value;
        }

        Bin bin = Find(y, _knots!.Bottom);
        Tensor offset = y - bin.Bottom;
        Tensor below = offset < 0, above = offset > bin.Height;
        Tensor xi = Tensor.Where(below, 0.0, Tensor.Where(above, 1.0, offset / bin.Height)), rest = 1 - xi;
        Tensor slope = bin.Height / bin.Width;
        Tensor m = (bin.SlopeLeft * rest) - (bin.SlopeRight * xi), product = 4 * slope.Square() * xi * rest;

        // m + √(m² + p), for negative m as p/(√(m² + p) − m).
        Tensor root = (m.Square() + product).Sqrt(), falling = m < 0;
        Tensor sum = Tensor.Where(falling, product / Tensor.Where(falling, root - m, 1.0), m + root);
        Tensor twice = 2 * slope * xi;
        Tensor inside = bin.Left + (bin.Width * twice / (twice + sum));
        Tensor tail = Tensor.Where(below, offset / bin.SlopeLeft, (offset - bin.Height) / bin.SlopeRight);
        return inside + Tensor.Where(below | above, tail, 0.0);
    }

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        if (_raw is null)
        {
            return base.InverseAndLogDet(y);
        }

        Tensor pair = Fused(new SplineInverse(_shape), y);
        return (pair[TensorIndex.Ellipsis, 0], pair[TensorIndex.Ellipsis, 1]);
    }

    /// <summary>The same map in tensor operations, with knots written out: what second derivatives are taken of.</summary>
    internal static RationalQuadraticSplineTransform OfKnots(Tensor raw, SplineShape shape)
    {
        int bins = shape.Bins;
        Tensor slopes = shape.MinSlope + raw[TensorIndex.Ellipsis, (2 * bins)..].Softplus();
        if (!shape.LearnTails)
        {
            Tensor one = Tensor.Ones(slopes.Shape[..^1].Concat([1]), slopes.DType).AsFree();
            slopes = Tensor.Concat([one, slopes, one], -1);
        }

        return new(
            Parts(raw[TensorIndex.Ellipsis, ..bins], shape.MinWidth), Parts(raw[TensorIndex.Ellipsis, bins..(2 * bins)], shape.MinHeight), slopes, -shape.Bound, -shape.Bound);

        Tensor Parts(Tensor raw, double least) => 2 * shape.Bound * (least + ((1 - (least * bins)) * raw.Softmax()));
    }

    private Tensor Fused(SplineOp op, Tensor x)
    {
        Shape all = Shape.Broadcast(x.Shape, BatchShape, "RationalQuadraticSpline");

        // Many points of each spline do not need as many copies of its parameters, unless these get gradients.
        bool shared = all.Rank >= BatchShape.Rank && all[^BatchShape.Rank..] == BatchShape && x is { Levels: 0, IsSymbolic: false } && _raw is { Levels: 0, IsSymbolic: false };
        return op.Apply(x.BroadcastTo(all), shared ? _raw! : _raw!.BroadcastTo(all.Concat([_shape.RawSize])));
    }

    // The bin of each value by its lower edges; the first and the last one also serve what lies outside.
    private Bin Find(Tensor value, Tensor edges)
    {
        Shape shape = Shape.Broadcast(value.Shape, BatchShape, "RationalQuadraticSpline");
        Shape all = shape.Concat([BinCount]);
        Tensor index = (Gradient.Stop(value).Unsqueeze(-1) >= Gradient.Stop(edges)[TensorIndex.Ellipsis, 1..])
            .BroadcastTo(shape.Concat([BinCount - 1])).Cast(DType.Int64).Sum(-1, keepDims: true);
        Tensor Pick(Tensor row) => row.BroadcastTo(all).Gather(-1, index).Squeeze(-1);
        Knots k = _knots!;
        return new(Pick(k.Left), Pick(k.Width), Pick(k.Bottom), Pick(k.Height), Pick(k.SlopeLeft), Pick(k.SlopeRight));
    }

    private static void RequirePart(double least, int bins, string name)
    {
        if (!(least >= 0 && least * bins < 1))
        {
            throw new ArgumentOutOfRangeException(
                name, least, FormattableString.Invariant($"RationalQuadraticSpline: {name} must lie in [0, 1/{bins}), since {bins} bins share the interval."));
        }
    }

    /// <summary>Left and lower edges, widths, heights, slopes at both ends: [..., K] each.</summary>
    private sealed record Knots(Tensor Left, Tensor Width, Tensor Bottom, Tensor Height, Tensor SlopeLeft, Tensor SlopeRight);

    private readonly record struct Bin(Tensor Left, Tensor Width, Tensor Bottom, Tensor Height, Tensor SlopeLeft, Tensor SlopeRight);
}
