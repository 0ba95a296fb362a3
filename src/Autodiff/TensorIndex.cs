using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>
/// One entry of a tensor index: a position (<c>2</c>, <c>^1</c>), a range (<c>1..3</c>, <c>..^1</c>, <c>..</c>), a range with a step
/// (<see cref="Step"/>), <see cref="Ellipsis"/> for all axes not named, or <see cref="NewAxis"/>.
/// </summary>
public readonly struct TensorIndex
{
    private readonly Kind _kind;
    private readonly Index _index;
    private readonly Range _range;
    private readonly (int? Start, int? Stop, int Step) _step;

    private TensorIndex(Kind kind, Index index = default, Range range = default, (int? Start, int? Stop, int Step) step = default)
    {
        _kind = kind;
        _index = index;
        _range = range;
        _step = step;
    }

    internal enum Kind
    {
        Position,
        Range,
        Step,
        Ellipsis,
        NewAxis,
    }

    /// <summary>All axes that the other entries do not name.</summary>
    public static TensorIndex Ellipsis { get; } = new(Kind.Ellipsis);

    /// <summary>A new axis of length 1.</summary>
    public static TensorIndex NewAxis { get; } = new(Kind.NewAxis);

    internal bool TakesAxis => _kind is not (Kind.Ellipsis or Kind.NewAxis);

    internal Kind What => _kind;

    /// <summary>
    /// Every step-th element, as Python's start:stop:step: negative positions count from the end, null is the natural end, positions
    /// outside are clamped, a negative step walks backwards.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is zero.</exception>
    public static TensorIndex Step(int? start, int? stop, int step) => step == 0
        ? throw new ArgumentOutOfRangeException(nameof(step), step, "TensorIndex: the step must not be zero.")
        : new TensorIndex(Kind.Step, step: (start, stop, step));

    /// <summary>A position; negative counts from the end. The axis disappears.</summary>
    public static implicit operator TensorIndex(int position) => new(Kind.Position, position < 0 ? new Index(-position, true) : position);

    /// <summary>A position, possibly from the end (<c>^1</c>). The axis disappears.</summary>
    public static implicit operator TensorIndex(Index position) => new(Kind.Position, position);

    /// <summary>A range. The axis stays.</summary>
    public static implicit operator TensorIndex(Range range) => new(Kind.Range, range: range);

    /// <summary>Start, number of elements and step along an axis of the given length.</summary>
    internal (int Start, int Length, int Step) Resolve(int axis, Shape shape)
    {
        int length = shape[axis];
        switch (_kind)
        {
            case Kind.Position:
                int position = _index.GetOffset(length);
                return position >= 0 && position < length
                    ? (position, 1, 1)
                    : throw new ArgumentOutOfRangeException(
                        "index", $"Index: position {Text} is outside of axis {axis} of shape {shape}, which has {length} elements.");
            case Kind.Range:
                int from = _range.Start.GetOffset(length), to = _range.End.GetOffset(length);
                return from >= 0 && from <= to && to <= length
                    ? (from, to - from, 1)
                    : throw new ArgumentOutOfRangeException(
                        "index", $"Index: the range {Text} is outside of axis {axis} of shape {shape}, which has {length} elements.");
            default:
                int step = _step.Step;
                int low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
                int start = _step.Start is { } s ? Math.Clamp(s < 0 ? s + length : s, low, high) : step > 0 ? low : high;
                int stop = _step.Stop is { } e ? Math.Clamp(e < 0 ? e + length : e, low, high) : step > 0 ? high : low;
                int count = step > 0 ? (stop - start + step - 1) / step : (start - stop - step - 1) / -step;
                return (count > 0 ? start : 0, Math.Max(0, count), step);
        }
    }

    private string Text => _kind switch
    {
        Kind.Position => _index.ToString(),
        Kind.Range => _range.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"{_step.Start}:{_step.Stop}:{_step.Step}"),
    };
}
