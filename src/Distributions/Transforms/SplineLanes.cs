using System.Numerics;
using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Rational-quadratic splines at some points, each with its own raw parameters and one a lane: the formulas of <see cref="RationalQuadraticSplineTransform"/> and their
/// first derivatives, without the tensors in between.
/// </summary>
internal readonly unsafe struct SplineLanes<V, T>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SplineShape _shape;

    // Raw parameters, the shares that softmax makes of widths and heights, and a result, each [..., lanes].
    private readonly T* _raw, _shares, _result;

    public SplineLanes(SplineShape shape, T* scratch)
    {
        _shape = shape;
        _raw = scratch;
        _shares = _raw + (shape.RawSize * V.Count);
        _result = _shares + (2 * shape.Bins * V.Count);
    }

    /// <summary>Elements of scratch memory.</summary>
    public static int ScratchSize(SplineShape shape) => ((2 * shape.RawSize) + 1 + (2 * shape.Bins)) * V.Count;

    /// <summary>Takes the raw parameters of splines, a row for each: what follows is about points of these.</summary>
    /// <param name="raw">[count, P].</param>
    /// <param name="count">How many, at most as many as there are lanes.</param>
    public void Load(T* raw, int count)
    {
        Transpose(raw, _shape.RawSize, count, _raw);
        Softmax(_raw, _shares);
        Softmax(_raw + (_shape.Bins * V.Count), _shares + (_shape.Bins * V.Count));
    }

    /// <summary>y and ln dy/dx of each point, next to each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Forward(T* x, T* result, int count)
    {
        V at = V.LoadPart(x, count), zero = V.Zero;
        Locate(at, byHeight: false, out SplineBin<V> bin);
        V offset = at - bin.Left, theta = Fraction(offset, bin.Width), rest = V.Constant(1) - theta, both = theta * rest, square = theta * theta;
        V s = bin.Height / bin.Width, denominator = V.MultiplyAdd(s, V.MultiplyAdd(rest, rest, square), (bin.SlopeLeft + bin.SlopeRight) * both);
        V inside = V.MultiplyAdd(bin.Height, V.MultiplyAdd(s, square, bin.SlopeLeft * both) / denominator, bin.Bottom);
        V tail = V.Select(V.Less(offset, zero), bin.SlopeLeft * offset, V.Select(V.Greater(offset, bin.Width), bin.SlopeRight * (offset - bin.Width), zero));
        StorePairs(inside + tail, LogSlope(bin, theta, s / denominator), result, count);
    }

    /// <summary>The x of each y and ln dx/dy, next to each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Inverse(T* y, T* result, int count)
    {
        V at = V.LoadPart(y, count), one = V.Constant(1), zero = V.Zero;
        Locate(at, byHeight: true, out SplineBin<V> bin);
        V offset = at - bin.Bottom, xi = Fraction(offset, bin.Height), rest = one - xi, s = bin.Height / bin.Width, twice = (s + s) * xi;
        V m = (bin.SlopeLeft * rest) - (bin.SlopeRight * xi), product = (s + s) * twice * rest, root = V.Sqrt(V.MultiplyAdd(m, m, product));
        V falling = V.Less(m, zero), sum = V.Select(falling, product / V.Select(falling, root - m, one), m + root), theta = twice / (twice + sum);
        V tail = V.Select(
            V.Less(offset, zero), offset / bin.SlopeLeft, V.Select(V.Greater(offset, bin.Height), (offset - bin.Height) / bin.SlopeRight, zero));

        V other = one - theta, denominator = V.MultiplyAdd(s, V.MultiplyAdd(other, other, theta * theta), (bin.SlopeLeft + bin.SlopeRight) * theta * other);
        StorePairs(V.MultiplyAdd(bin.Width, theta, bin.Left) + tail, -LogSlope(bin, theta, s / denominator), result, count);
    }

    /// <summary>
    /// The gradients of the raw parameters, and after them that of the argument, for gradients of the two results of <see cref="Forward"/>, or of <see cref="Inverse"/>.
    /// </summary>
    /// <param name="x">The points x, also for the inverse.</param>
    /// <param name="gradients">[count, 2].</param>
    /// <param name="ofInverse">Of which.</param>
    /// <param name="result">[count, P + 1].</param>
    /// <param name="count">How many.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Backward(T* x, T* gradients, bool ofInverse, T* result, int count)
    {
        T* pairs = stackalloc T[2 * V.Count];
        Transpose(gradients, 2, count, pairs);
        V at = V.LoadPart(x, count);
        Locate(at, byHeight: false, out SplineBin<V> bin);
        Differentiate(bin, at - bin.Left, V.Load(in *pairs), V.Load(in *pairs, (nuint)V.Count), ofInverse, out Partial partial);
        int bins = _shape.Bins;
        SoftmaxGradient(_shares, bin.Index, _shape.WidthShare, partial.Left, partial.Width, _result);
        SoftmaxGradient(_shares + (bins * V.Count), bin.Index, _shape.HeightShare, partial.Bottom, partial.Height, _result + (bins * V.Count));

        // softplus' = σ.
        V left = partial.SlopeLeft * VectorMath.Sigmoid<V, T>(bin.RawLeft), right = partial.SlopeRight * VectorMath.Sigmoid<V, T>(bin.RawRight);
        for (int at1 = 2 * bins, knot = _shape.LearnTails ? 0 : 1; at1 < _shape.RawSize; at1++, knot++)
        {
            V own = V.Select(V.Equal(bin.Index, V.Constant(knot)), left, V.Select(V.Equal(bin.Index, V.Constant(knot - 1)), right, V.Zero));
            own.Store(ref _result[at1 * V.Count]);
        }

        partial.X.Store(ref _result[_shape.RawSize * V.Count]);
        TransposeBack(_result, _shape.RawSize + 1, count, result);
    }

    // θ, and 0 or 1 exactly at the end of the line that continues the first or last bin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Fraction(V offset, V length) =>
        V.Select(V.Less(offset, V.Zero), V.Zero, V.Select(V.Greater(offset, length), V.Constant(1), offset / length));

    // ln of s²·(d₁θ² + 2sθ(1 − θ) + d₀(1 − θ)²)/D², from s/D.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LogSlope(in SplineBin<V> bin, V theta, V steepness)
    {
        V rest = V.Constant(1) - theta, s = bin.Height / bin.Width;
        V numerator = V.MultiplyAdd(bin.SlopeRight * theta, theta, V.MultiplyAdd((s + s) * theta, rest, bin.SlopeLeft * rest * rest));
        return VectorMath.Log<V, T>(steepness * steepness * numerator);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Differentiate(in SplineBin<V> bin, V offset, V dy, V dl, bool ofInverse, out Partial partial)
    {
        V zero = V.Zero, one = V.Constant(1), below = V.Less(offset, zero), above = V.Greater(offset, bin.Width), outside = below | above;
        V width = one / bin.Width, s = bin.Height * width, theta = offset * width, rest = one - theta, both = theta * rest;
        V square = theta * theta, restSquare = rest * rest, squares = square + restSquare, slopes = bin.SlopeLeft + bin.SlopeRight;
        V denominator = V.MultiplyAdd(s, squares, slopes * both), inverse = one / denominator, top = V.MultiplyAdd(s, square, bin.SlopeLeft * both);
        V numerator = V.MultiplyAdd(bin.SlopeRight, square, V.MultiplyAdd(s + s, both, bin.SlopeLeft * restSquare)), perNumerator = one / numerator;
        V tilt = rest - theta, scaled = bin.Height * inverse * inverse;

        // ∂y/∂θ and ∂ln y′/∂θ, of which those in the argument follow.
        V end = V.Select(below, bin.SlopeLeft, bin.SlopeRight), slope = scaled * s * numerator;
        V bend = (((bin.SlopeRight * theta) - (bin.SlopeLeft * rest) + (s * tilt)) * perNumerator) - ((slopes - (s + s)) * tilt * inverse);
        bend += bend;
        if (ofInverse)
        {
            V steepness = V.Select(outside, end, slope * width), curvature = V.Select(outside, zero, bend * width);
            dy = (dy - (dl * curvature)) / steepness;
        }

        V byTheta = V.MultiplyAdd(dy, slope, dl * bend), scaledBoth = dy * scaled * both, byOffset = V.Select(outside, dy * end, byTheta * width);
        V bySlope = V.MultiplyAdd(
            scaledBoth, (square * bin.SlopeRight) - (restSquare * bin.SlopeLeft), (dl + dl) * ((one / s) - (squares * inverse) + (both * perNumerator)));
        V flat = (both + both) * inverse;
        V left = V.MultiplyAdd(scaledBoth, denominator - top, dl * (V.MultiplyAdd(restSquare, perNumerator, -flat)));
        V right = (dl * V.MultiplyAdd(square, perNumerator, -flat)) - (scaledBoth * top);

        V before = V.MultiplyAdd(dy, offset, dl / bin.SlopeLeft), after = V.MultiplyAdd(dy, offset - bin.Width, dl / bin.SlopeRight);
        V sign = ofInverse ? V.Constant(-0.0) : zero;
        partial.X = ofInverse ? dy : byOffset;
        partial.Left = -byOffset ^ sign;
        partial.Width = V.Select(below, zero, -V.Select(above, byOffset, V.MultiplyAdd(byOffset, theta, bySlope * s * width))) ^ sign;
        partial.Bottom = dy ^ sign;
        partial.Height = V.Select(below, zero, V.Select(above, dy, V.MultiplyAdd(dy, top * inverse, bySlope * width))) ^ sign;
        partial.SlopeLeft = V.Select(above, zero, V.Select(below, before, left)) ^ sign;
        partial.SlopeRight = V.Select(below, zero, V.Select(above, after, right)) ^ sign;
    }

    // Through floor + share·softmax(raw): the gradient of a part is that of the edge before the bin for those before it, that of the length at the bin, else 0.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void SoftmaxGradient(T* shares, V index, double scale, V edge, V length, T* result)
    {
        V mean = V.Zero;
        for (int k = 0; k < _shape.Bins; k++)
        {
            V at = V.Constant(k), own = V.Select(V.Less(at, index), edge, V.Equal(at, index) & length);
            own.Store(ref result[k * V.Count]);
            mean = V.MultiplyAdd(V.Load(in shares[k * V.Count]), own, mean);
        }

        V factor = V.Constant(scale);
        for (int k = 0; k < _shape.Bins; k++)
        {
            V own = V.Load(in result[k * V.Count]);
            (V.Load(in shares[k * V.Count]) * factor * (own - mean)).Store(ref result[k * V.Count]);
        }
    }

    /// <summary>The last bin that begins at or before each value; the first for what lies before all, and for NaN.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Locate(V values, bool byHeight, out SplineBin<V> bin)
    {
        int bins = _shape.Bins;
        V widthFloor = V.Constant(_shape.WidthFloor), widthShare = V.Constant(_shape.WidthShare);
        V heightFloor = V.Constant(_shape.HeightFloor), heightShare = V.Constant(_shape.HeightShare);
        T* heights = _shares + (bins * V.Count), slopes = _raw + ((2 * bins) - (_shape.LearnTails ? 0 : 1)) * V.Count;
        V left = V.Constant(-_shape.Bound), bottom = left, width = V.MultiplyAdd(widthShare, V.Load(in *_shares), widthFloor);
        V height = V.MultiplyAdd(heightShare, V.Load(in *heights), heightFloor), index = V.Zero;
        (bin.Left, bin.Bottom, bin.Width, bin.Height) = (left, bottom, width, height);
        bin.RawLeft = Slope(slopes, 0);
        bin.RawRight = Slope(slopes, 1);
        for (int k = 1; k < bins; k++)
        {
            left += width;
            bottom += height;
            width = V.MultiplyAdd(widthShare, V.Load(in _shares[k * V.Count]), widthFloor);
            height = V.MultiplyAdd(heightShare, V.Load(in heights[k * V.Count]), heightFloor);
            V here = V.GreaterOrEqual(values, byHeight ? bottom : left);
            index = V.Select(here, V.Constant(k), index);
            bin.Left = V.Select(here, left, bin.Left);
            bin.Width = V.Select(here, width, bin.Width);
            bin.Bottom = V.Select(here, bottom, bin.Bottom);
            bin.Height = V.Select(here, height, bin.Height);
            bin.RawLeft = V.Select(here, Slope(slopes, k), bin.RawLeft);
            bin.RawRight = V.Select(here, Slope(slopes, k + 1), bin.RawRight);
        }

        bin.Index = index;
        V one = V.Constant(1), least = V.Constant(_shape.MinSlope);
        V first = _shape.LearnTails ? V.Zero : V.Equal(index, V.Zero), last = _shape.LearnTails ? V.Zero : V.Equal(index, V.Constant(bins - 1));
        bin.SlopeLeft = V.Select(first, one, least + VectorMath.Softplus<V, T>(bin.RawLeft));
        bin.SlopeRight = V.Select(last, one, least + VectorMath.Softplus<V, T>(bin.RawRight));
    }

    // A knot at an end has no raw parameter unless the tails are learned.
    private V Slope(T* slopes, int knot) => _shape.LearnTails || (knot > 0 && knot < _shape.Bins) ? V.Load(in slopes[knot * V.Count]) : V.Zero;

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Softmax(T* x, T* y)
    {
        V max = V.Load(in *x), sum = V.Zero;
        for (int k = 1; k < _shape.Bins; k++)
        {
            max = V.MaxNative(max, V.Load(in x[k * V.Count]));
        }

        for (int k = 0; k < _shape.Bins; k++)
        {
            V e = VectorMath.Exp<V, T>(V.Load(in x[k * V.Count]) - max);
            e.Store(ref y[k * V.Count]);
            sum += e;
        }

        V scale = V.Constant(1) / sum;
        for (int k = 0; k < _shape.Bins; k++)
        {
            (V.Load(in y[k * V.Count]) * scale).Store(ref y[k * V.Count]);
        }
    }

    /// <summary>Rows into lanes; lanes without a row are 0.</summary>
    private static void Transpose(T* rows, int columns, int count, T* lanes)
    {
        if (count < V.Count)
        {
            new Span<T>(lanes, columns * V.Count).Clear();
        }

        for (int c = 0; c < columns; c++, lanes += V.Count)
        {
            T* from = rows + c;
            int r = 0;
            for (; r + 4 <= count; r += 4, from += 4 * columns)
            {
                (lanes[r], lanes[r + 1], lanes[r + 2], lanes[r + 3]) = (from[0], from[columns], from[2 * columns], from[3 * columns]);
            }

            for (; r < count; r++, from += columns)
            {
                lanes[r] = *from;
            }
        }
    }

    private static void TransposeBack(T* lanes, int columns, int count, T* rows)
    {
        for (int r = 0; r < count; r++, rows += columns)
        {
            T* from = lanes + r;
            int c = 0;
            for (; c + 4 <= columns; c += 4, from += 4 * V.Count)
            {
                (rows[c], rows[c + 1], rows[c + 2], rows[c + 3]) = (from[0], from[V.Count], from[2 * V.Count], from[3 * V.Count]);
            }

            for (; c < columns; c++, from += V.Count)
            {
                rows[c] = *from;
            }
        }
    }

    private static void StorePairs(V first, V second, T* result, int count)
    {
        T* lanes = stackalloc T[2 * V.Count];
        first.Store(ref *lanes);
        second.Store(ref lanes[V.Count]);
        TransposeBack(lanes, 2, count, result);
    }

    private struct Partial
    {
        public V X, Left, Width, Bottom, Height, SlopeLeft, SlopeRight;
    }
}
