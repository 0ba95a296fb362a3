using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Rational-quadratic splines at some elements, each with its own raw parameters: the formulas of <see cref="RationalQuadraticSplineTransform"/> and their first derivatives,
/// without the tensors in between. Exponentials and logarithms run over the whole tile as vectors.
/// </summary>
internal readonly ref struct SplineTile<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly T s_two = T.CreateChecked(2);

    private readonly SplineShape _shape;
    private readonly Span<SplineBin<T>> _bins;

    // Of each row the exponentials of its widths and heights; then the slopes of the bin's two ends, for all rows; then one number a row.
    private readonly Span<T> _exponentials, _slopes, _numbers;
    private readonly T _bound, _widthFloor, _heightFloor, _widthShare, _heightShare, _minSlope;

    public SplineTile(SplineShape shape, Span<T> scratch, Span<SplineBin<T>> bins)
    {
        int rows = bins.Length, edges = 2 * shape.Bins * rows;
        _shape = shape;
        _bins = bins;
        _exponentials = scratch[..edges];
        _slopes = scratch.Slice(edges, 2 * rows);
        _numbers = scratch.Slice(edges + (2 * rows), rows);
        double length = 2 * shape.Bound;
        (_bound, _minSlope) = (T.CreateChecked(shape.Bound), T.CreateChecked(shape.MinSlope));
        (_widthFloor, _heightFloor) = (T.CreateChecked(length * shape.MinWidth), T.CreateChecked(length * shape.MinHeight));
        _widthShare = T.CreateChecked(length * (1 - (shape.Bins * shape.MinWidth)));
        _heightShare = T.CreateChecked(length * (1 - (shape.Bins * shape.MinHeight)));
    }

    public static int ScratchSize(SplineShape shape, int rows) => ((2 * shape.Bins) + 3) * rows;

    /// <summary>Takes the raw parameters of the splines, a row for each: what follows is about points of these.</summary>
    public void Load(ReadOnlySpan<T> raw)
    {
        int bins = _shape.Bins, rawSize = _shape.RawSize;
        for (int i = 0; i < _bins.Length; i++)
        {
            Shift(raw.Slice(i * rawSize, bins), _exponentials.Slice(2 * bins * i, bins));
            Shift(raw.Slice((i * rawSize) + bins, bins), _exponentials.Slice((2 * bins * i) + bins, bins));
        }

        ElementwiseLoop.Unary<Exp.Kernel, T>(_exponentials, _exponentials);
        for (int i = 0; i < _bins.Length; i++)
        {
            _bins[i].WidthSum = Sum(_exponentials.Slice(2 * bins * i, bins));
            _bins[i].HeightSum = Sum(_exponentials.Slice((2 * bins * i) + bins, bins));
        }
    }

    /// <summary>y and ln dy/dx of each element, next to each other.</summary>
    public void Forward(ReadOnlySpan<T> x, ReadOnlySpan<T> raw, Span<T> result)
    {
        Locate(x, raw, byHeight: false);
        for (int i = 0; i < x.Length; i++)
        {
            ref readonly SplineBin<T> bin = ref _bins[i];
            T offset = x[i] - bin.Left, theta = Fraction(offset, bin.Width), rest = T.One - theta, both = theta * rest;
            T s = bin.Height / bin.Width, square = theta * theta;
            T denominator = (s * (square + (rest * rest))) + ((bin.SlopeLeft + bin.SlopeRight) * both);
            T y = bin.Bottom + (bin.Height * ((s * square) + (bin.SlopeLeft * both)) / denominator);
            T steepness = s / denominator;
            _numbers[i] = steepness * steepness * ((bin.SlopeRight * square) + (s_two * s * both) + (bin.SlopeLeft * rest * rest));
            result[2 * i] = y + Tail(offset, bin.Width, bin.SlopeLeft, bin.SlopeRight);
        }

        ElementwiseLoop.Unary<Log.Kernel, T>(_numbers, _numbers);
        for (int i = 0; i < x.Length; i++)
        {
            result[(2 * i) + 1] = _numbers[i];
        }
    }

    /// <summary>The x of each y.</summary>
    public void Inverse(ReadOnlySpan<T> y, ReadOnlySpan<T> raw, Span<T> result)
    {
        Locate(y, raw, byHeight: true);
        for (int i = 0; i < y.Length; i++)
        {
            ref readonly SplineBin<T> bin = ref _bins[i];
            T offset = y[i] - bin.Bottom, xi = Fraction(offset, bin.Height), rest = T.One - xi, s = bin.Height / bin.Width;
            T m = (bin.SlopeLeft * rest) - (bin.SlopeRight * xi), product = s_two * s_two * s * s * xi * rest, root = T.Sqrt((m * m) + product);
            T sum = m < T.Zero ? product / (root - m) : m + root, twice = s_two * s * xi;
            result[i] = bin.Left + (bin.Width * twice / (twice + sum)) + Tail(offset, bin.Height, T.One / bin.SlopeLeft, T.One / bin.SlopeRight);
        }
    }

    /// <summary>The gradients of the raw parameters, and after them that of x, of each element, for gradients of y and of the log-determinant.</summary>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> raw, ReadOnlySpan<T> gradients, Span<T> result)
    {
        Locate(x, raw, byHeight: false);
        int bins = _shape.Bins, rawSize = _shape.RawSize;
        for (int i = 0; i < x.Length; i++)
        {
            SplineBin<T> bin = _bins[i];
            Partial partial = Differentiate(bin, x[i] - bin.Left, gradients[2 * i], gradients[(2 * i) + 1]);
            Span<T> row = result.Slice(i * (rawSize + 1), rawSize + 1);
            row.Clear();
            ReadOnlySpan<T> exponentials = _exponentials.Slice(2 * bins * i, 2 * bins);
            SoftmaxGradient(exponentials[..bins], bin.WidthSum, _widthShare, bin.Index, partial.Left, partial.Width, row[..bins]);
            SoftmaxGradient(exponentials[bins..], bin.HeightSum, _heightShare, bin.Index, partial.Bottom, partial.Height, row.Slice(bins, bins));
            ReadOnlySpan<T> rawRow = raw.Slice(i * rawSize, rawSize);
            AddSlope(bin.Index, partial.SlopeLeft, rawRow, row);
            AddSlope(bin.Index + 1, partial.SlopeRight, rawRow, row);
            row[rawSize] = partial.X;
        }
    }

    // θ, and 0 or 1 exactly at the end of the line that continues the first or last bin.
    private static T Fraction(T offset, T length) => offset < T.Zero ? T.Zero : offset > length ? T.One : offset / length;

    private static T Tail(T offset, T length, T before, T after) => offset < T.Zero ? before * offset : offset > length ? after * (offset - length) : T.Zero;

    private static Partial Differentiate(in SplineBin<T> bin, T offset, T dy, T dl)
    {
        if (offset < T.Zero)
        {
            return new() { X = dy * bin.SlopeLeft, Left = -dy * bin.SlopeLeft, Bottom = dy, SlopeLeft = (dy * offset) + (dl / bin.SlopeLeft) };
        }

        if (offset > bin.Width)
        {
            T out1 = dy * bin.SlopeRight;
            return new()
            {
                X = out1, Left = -out1, Width = -out1, Bottom = dy, Height = dy, SlopeRight = (dy * (offset - bin.Width)) + (dl / bin.SlopeRight),
            };
        }

        T theta = offset / bin.Width, rest = T.One - theta, both = theta * rest, s = bin.Height / bin.Width, square = theta * theta, restSquare = rest * rest;
        T denominator = (s * (square + restSquare)) + ((bin.SlopeLeft + bin.SlopeRight) * both), inverse = T.One / denominator;
        T top = (s * square) + (bin.SlopeLeft * both), numerator = (bin.SlopeRight * square) + (s_two * s * both) + (bin.SlopeLeft * restSquare);
        T perNumerator = T.One / numerator, tilt = T.One - (s_two * theta), scaled = bin.Height * inverse * inverse;

        T dTheta = (dy * scaled * s * numerator) + (dl * (
            (s_two * ((bin.SlopeRight * theta) - (bin.SlopeLeft * rest) + (s * tilt)) * perNumerator)
            - (s_two * (bin.SlopeLeft + bin.SlopeRight - (s_two * s)) * tilt * inverse)));
        T dSlope = (dy * scaled * both * ((square * bin.SlopeRight) - (restSquare * bin.SlopeLeft)))
            + (dl * s_two * ((T.One / s) - ((square + restSquare) * inverse) + (both * perNumerator)));
        T width = T.One / bin.Width, dOffset = dTheta * width;
        return new()
        {
            X = dOffset,
            Left = -dOffset,
            Width = -((dOffset * theta) + (dSlope * s * width)),
            Bottom = dy,
            Height = (dy * top * inverse) + (dSlope * width),
            SlopeLeft = (dy * scaled * both * (denominator - top)) + (dl * ((restSquare * perNumerator) - (s_two * both * inverse))),
            SlopeRight = (dl * ((square * perNumerator) - (s_two * both * inverse))) - (dy * scaled * both * top),
        };
    }

    // Through floor + share·softmax(raw): the gradient of a part is that of the edge before the bin for those before it, that of the length at the bin, else 0.
    private static void SoftmaxGradient(ReadOnlySpan<T> exponentials, T sum, T share, int index, T edge, T length, Span<T> result)
    {
        T scale = T.One / sum, mean = T.Zero;
        for (int k = 0; k < index; k++)
        {
            mean += exponentials[k];
        }

        mean = ((mean * edge) + (exponentials[index] * length)) * scale;
        scale *= share;
        for (int k = 0; k < exponentials.Length; k++)
        {
            T own = k < index ? edge : k == index ? length : T.Zero;
            result[k] = exponentials[k] * scale * (own - mean);
        }
    }

    // softplus' = σ. A knot at an end has no raw parameter unless the tails are learned.
    private void AddSlope(int knot, T gradient, ReadOnlySpan<T> raw, Span<T> result)
    {
        if (SlopeIndex(knot) is >= 0 and var at)
        {
            T e = T.Exp(-T.Abs(raw[at]));
            result[at] += gradient * (raw[at] < T.Zero ? e : T.One) / (T.One + e);
        }
    }

    private int SlopeIndex(int knot) =>
        _shape.LearnTails ? (2 * _shape.Bins) + knot : knot == 0 || knot == _shape.Bins ? -1 : (2 * _shape.Bins) + knot - 1;

    private void Locate(ReadOnlySpan<T> values, ReadOnlySpan<T> raw, bool byHeight)
    {
        int bins = _shape.Bins, rawSize = _shape.RawSize;
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<T> widths = _exponentials.Slice(2 * bins * i, bins), heights = _exponentials.Slice((2 * bins * i) + bins, bins);
            ref SplineBin<T> bin = ref _bins[i];
            T widthShare = _widthShare / bin.WidthSum, heightShare = _heightShare / bin.HeightSum, left = -_bound, bottom = -_bound;
            for (int k = 0; ; k++)
            {
                T width = _widthFloor + (widthShare * widths[k]), height = _heightFloor + (heightShare * heights[k]);

                // NaN is in the first bin.
                if (k == bins - 1 || !(byHeight ? values[i] >= bottom + height : values[i] >= left + width))
                {
                    (bin.Index, bin.Left, bin.Width, bin.Bottom, bin.Height) = (k, left, width, bottom, height);
                    break;
                }

                left += width;
                bottom += height;
            }

            ReadOnlySpan<T> row = raw.Slice(i * rawSize, rawSize);
            int before = SlopeIndex(bin.Index), after = SlopeIndex(bin.Index + 1);
            (_slopes[2 * i], _slopes[(2 * i) + 1]) = (before < 0 ? T.Zero : row[before], after < 0 ? T.Zero : row[after]);
        }

        ElementwiseLoop.Unary<Softplus.Kernel, T>(_slopes, _slopes);
        for (int i = 0; i < values.Length; i++)
        {
            ref SplineBin<T> bin = ref _bins[i];
            bin.SlopeLeft = SlopeIndex(bin.Index) < 0 ? T.One : _minSlope + _slopes[2 * i];
            bin.SlopeRight = SlopeIndex(bin.Index + 1) < 0 ? T.One : _minSlope + _slopes[(2 * i) + 1];
        }
    }

    private static void Shift(ReadOnlySpan<T> raw, Span<T> shifted)
    {
        T max = raw[0];
        for (int k = 1; k < raw.Length; k++)
        {
            max = T.Max(max, raw[k]);
        }

        for (int k = 0; k < raw.Length; k++)
        {
            shifted[k] = raw[k] - max;
        }
    }

    private static T Sum(ReadOnlySpan<T> values)
    {
        T sum = T.Zero;
        foreach (T value in values)
        {
            sum += value;
        }

        return sum;
    }

    private struct Partial
    {
        public T X, Left, Width, Bottom, Height, SlopeLeft, SlopeRight;
    }
}
