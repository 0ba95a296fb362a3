using System.Collections;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The lengths of a tensor's axes, outermost first: <c>[]</c> is a scalar, <c>[2, 3]</c> has two rows of three.
/// Written as a collection expression: <c>Shape s = [2, 3];</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[]? _lengths;

    private Shape(int[] lengths, int size)
    {
        _lengths = lengths;
        _sizeLessOne = size - 1;
    }

    // Stored less one, so that default(Shape) is the scalar shape with size 1.
    private readonly int _sizeLessOne;

    /// <summary>The shape of a scalar, [].</summary>
    public static Shape Scalar => default;

    /// <summary>Number of axes; 0 for a scalar.</summary>
    public int Rank => _lengths?.Length ?? 0;

    /// <summary>Number of elements: the product of the lengths, 1 for a scalar.</summary>
    public int Size => _sizeLessOne + 1;

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The length of an axis; negative counts from the end, so <c>shape[-1]</c> is the last.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int this[int axis] => _lengths is { } lengths && (uint)axis < (uint)lengths.Length
        ? lengths[axis]
        : _lengths![NormalizeAxis(axis, "Shape")];

    /// <summary>The length of an axis counted from the end: <c>shape[^1]</c>.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int this[Index axis] => this[axis.IsFromEnd ? -axis.Value : axis.Value];

    /// <summary>The axes in a range: <c>shape[1..]</c>.</summary>
    public Shape this[Range axes] => Create(AsSpan()[axes]);

    /// <summary>Creates a shape from the lengths of its axes.</summary>
    /// <exception cref="ShapeException">A length is negative, or there are more than 2³¹−1 elements.</exception>
    public static Shape Create(ReadOnlySpan<int> lengths)
    {
        long size = 1;
        bool empty = false;
        foreach (int length in lengths)
        {
            if (length < 0)
            {
                throw new ShapeException($"Shape: the lengths [{string.Join(", ", lengths.ToArray())}] contain {length}; a length is never negative.");
            }

            empty |= length == 0;
            size = Math.Min(size * Math.Max(length, 1), int.MaxValue + 1L);
        }

        if (empty)
        {
            size = 0;
        }

        if (size > int.MaxValue)
        {
            throw new ShapeException($"Shape: [{string.Join(", ", lengths.ToArray())}] has more than {int.MaxValue} elements; split the work into parts.");
        }

        return lengths.Length == 0 ? default : new Shape(lengths.ToArray(), (int)size);
    }

    /// <summary>A shape from an array of lengths.</summary>
    public static implicit operator Shape(int[] lengths) => Create(lengths);

    /// <summary>The lengths as a span.</summary>
    public ReadOnlySpan<int> AsSpan() => _lengths;

    /// <summary>The lengths as a new array.</summary>
    public int[] ToArray() => AsSpan().ToArray();

    /// <summary>This shape followed by another: [2] then [3, 4] is [2, 3, 4].</summary>
    public Shape Concat(Shape other) =>
        Rank == 0 ? other : other.Rank == 0 ? this : Create([.. AsSpan(), .. other.AsSpan()]);

    /// <summary>
    /// The shape that two shapes broadcast to by NumPy's rule: aligned at the last axis, lengths are equal or one of them is 1.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static Shape Broadcast(Shape left, Shape right) => Broadcast(left, right, "Broadcast");

    /// <summary>True if a tensor of this shape broadcasts to <paramref name="target"/> without changing it.</summary>
    public bool BroadcastsTo(Shape target)
    {
        if (Rank > target.Rank)
        {
            return false;
        }

        ReadOnlySpan<int> own = AsSpan(), other = target.AsSpan()[(target.Rank - Rank)..];
        for (int i = 0; i < own.Length; i++)
        {
            if (own[i] != other[i] && own[i] != 1)
            {
                return false;
            }
        }

        return true;
    }

    internal static Shape Broadcast(Shape left, Shape right, string op)
    {
        ReadOnlySpan<int> a = left.AsSpan(), b = right.AsSpan();
        if (a.SequenceEqual(b) || b.Length == 0)
        {
            return left;
        }

        if (a.Length == 0)
        {
            return right;
        }

        int rank = Math.Max(a.Length, b.Length);
        Span<int> result = rank <= 16 ? stackalloc int[rank] : new int[rank];
        for (int i = 1; i <= rank; i++)
        {
            int x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            if (x != y && x != 1 && y != 1)
            {
                throw new ShapeException(
                    $"{op}: the shapes {left} and {right} do not broadcast: axis -{i} has lengths {x} and {y}, which differ and neither is 1.");
            }

            result[^i] = x == 1 ? y : x;
        }

        return Create(result);
    }

    /// <summary>An axis counted from the start, from one that may count from the end.</summary>
    internal int NormalizeAxis(int axis, string op)
    {
        int rank = Rank;
        if (axis < -rank || axis >= rank)
        {
            throw new ShapeException(rank == 0
                ? $"{op}: axis {axis} does not exist: the tensor is a scalar and has no axes."
                : $"{op}: axis {axis} does not exist in shape {this}; the axes are {-rank} to {rank - 1}.");
        }

        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>This shape with one axis of another length.</summary>
    internal Shape With(int axis, int length)
    {
        int[] lengths = ToArray();
        lengths[axis < 0 ? axis + lengths.Length : axis] = length;
        return Create(lengths);
    }

    /// <summary>The product of the lengths of the axes before, at and after <paramref name="axis"/> (counted from the start).</summary>
    internal (int Outer, int Length, int Inner) Around(int axis)
    {
        int outer = 1, inner = 1;
        ReadOnlySpan<int> lengths = AsSpan();
        for (int i = 0; i < axis; i++)
        {
            outer *= lengths[i];
        }

        for (int i = axis + 1; i < lengths.Length; i++)
        {
            inner *= lengths[i];
        }

        return (outer, lengths[axis], inner);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int length in AsSpan())
        {
            hash.Add(length);
        }

        return hash.ToHashCode();
    }

    /// <summary>True if the two shapes have the same lengths.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>True if the two shapes differ.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <summary>The shape as it is written: [2, 3].</summary>
    public override string ToString() => _lengths is null ? "[]" : $"[{string.Join(", ", _lengths)}]";

    /// <summary>The lengths, outermost first.</summary>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)(_lengths ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
