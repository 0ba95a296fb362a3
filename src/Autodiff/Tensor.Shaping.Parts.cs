namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>Cuts an axis into parts of the given lengths.</summary>
    /// <param name="sizes">The lengths of the parts; they add up to the length of the axis.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the lengths do not add up to its own.</exception>
    public Tensor[] Split(int[] sizes, int axis = 0)
    {
        int at = Shape.NormalizeAxis(axis, "Split");
        if (sizes.Sum() != Shape[at] || Array.Exists(sizes, size => size < 0))
        {
            throw new ShapeException(
                $"Split: the lengths [{string.Join(", ", sizes)}] must be at least 0 and add up to {Shape[at]}, the length of axis {axis} of shape {Shape}.");
        }

        var parts = new Tensor[sizes.Length];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Along(at, start, sizes[i]);
            start += sizes[i];
        }

        return parts;
    }

    /// <summary>Cuts an axis into a number of equal parts.</summary>
    /// <param name="parts">How many; it divides the length of the axis.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the number does not divide its length: use <see cref="Chunk"/>.</exception>
    public Tensor[] Split(int parts, int axis = 0)
    {
        int at = Shape.NormalizeAxis(axis, "Split");
        if (parts <= 0 || Shape[at] % parts != 0)
        {
            throw new ShapeException(
                $"Split: axis {axis} of shape {Shape} has {Shape[at]} elements, which do not make {parts} equal parts; give the lengths, or use Chunk.");
        }

        int[] sizes = new int[parts];
        Array.Fill(sizes, Shape[at] / parts);
        return Split(sizes, at);
    }

    /// <summary>Cuts an axis into at most so many parts of one length; the last may be shorter.</summary>
    /// <param name="parts">How many at most.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor[] Chunk(int parts, int axis = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(parts);
        int at = Shape.NormalizeAxis(axis, "Chunk"), length = Shape[at], size = Math.Max(1, (length + parts - 1) / parts);
        var sizes = new List<int>(parts);
        for (int start = 0; start < length || start == 0; start += size)
        {
            sizes.Add(Math.Min(size, length - start));
        }

        return Split([.. sizes], at);
    }

    /// <summary>Reverses axes; all, if none is given.</summary>
    /// <exception cref="ShapeException">An axis does not exist or is given twice.</exception>
    public Tensor Flip(params int[] axes)
    {
        int[] flipped = axes.Length == 0 ? AxisOrAll(null, "Flip") : NegativeAxes(axes, "Flip");
        if (flipped.Length == 0)
        {
            return this;
        }

        int[] lengths = Shape[^(-flipped[0])..].ToArray(), starts = new int[lengths.Length], steps = new int[lengths.Length];
        Array.Fill(steps, 1);
        foreach (int axis in flipped)
        {
            starts[lengths.Length + axis] = lengths[lengths.Length + axis] - 1;
            steps[lengths.Length + axis] = -1;
        }

        return new Slice(starts, lengths, steps).Apply(this);
    }

    /// <summary>Moves the elements along an axis; those that leave at one end come in at the other.</summary>
    /// <param name="shift">How far, to higher positions; negative moves to lower ones.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor Roll(int shift, int axis)
    {
        int at = Shape.NormalizeAxis(axis, "Roll"), length = Shape[at];
        int first = length == 0 ? 0 : ((shift % length) + length) % length;
        return first == 0 ? this : Concat([Along(at, length - first, first), Along(at, 0, length - first)], at);
    }

    /// <summary>Moves the elements along several axes, each by its own shift.</summary>
    /// <inheritdoc cref="Roll(int, int)"/>
    public Tensor Roll(int[] shifts, int[] axes)
    {
        if (shifts.Length != axes.Length)
        {
            throw new ShapeException($"Roll: {shifts.Length} shifts for {axes.Length} axes; one shift an axis is needed.");
        }

        Tensor x = this;
        for (int i = 0; i < axes.Length; i++)
        {
            x = x.Roll(shifts[i], axes[i]);
        }

        return x;
    }

    /// <summary>Surrounds the tensor with a constant.</summary>
    /// <param name="widths">How many elements to add before and after, for each of the last axes.</param>
    /// <param name="value">The constant.</param>
    /// <exception cref="ShapeException">A width is negative, or there are more widths than axes.</exception>
    public Tensor Pad((int Before, int After)[] widths, double value = 0)
    {
        RequireWidths(widths);
        int[] lengths = Shape[^widths.Length..].ToArray(), starts = new int[lengths.Length], steps = new int[lengths.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] += widths[i].Before + widths[i].After;
            starts[i] = widths[i].Before;
            steps[i] = 1;
        }

        return new Embed(lengths, starts, steps, value).Apply(this);
    }

    /// <summary>Surrounds the tensor with elements of its own.</summary>
    /// <param name="widths">How many elements to add before and after, for each of the last axes.</param>
    /// <param name="mode">Which elements.</param>
    /// <exception cref="ShapeException">
    /// A width is negative, there are more widths than axes, or a width is larger than what the axis can give: its length, less one when reflecting.
    /// </exception>
    public Tensor Pad((int Before, int After)[] widths, PaddingMode mode)
    {
        RequireWidths(widths);
        Tensor x = this;
        for (int i = 0; i < widths.Length; i++)
        {
            (int before, int after) = widths[i];
            int axis = i - widths.Length, length = Shape[axis], given = mode == PaddingMode.Reflect ? length - 1 : length;
            if (before + after == 0)
            {
                continue;
            }

            if (length == 0 || (mode != PaddingMode.Edge && Math.Max(before, after) > given))
            {
                throw new ShapeException($"Pad: widths ({before}, {after}) are more than axis {axis} of shape {Shape} can give in mode {mode}.");
            }

            long[] from = new long[before + length + after];
            for (int k = 0; k < from.Length; k++)
            {
                int p = k - before;
                from[k] = mode switch
                {
                    PaddingMode.Edge => Math.Clamp(p, 0, length - 1),
                    PaddingMode.Reflect => p < 0 ? -p : p < length ? p : (2 * (length - 1)) - p,
                    _ => (p + length) % length,
                };
            }

            x = x.IndexSelect(axis, From(from).AsFree());
        }

        return x;
    }

    /// <summary>Repeats the whole tensor along its last axes; a longer list adds axes in front.</summary>
    /// <param name="repeats">How often, for each of the last axes.</param>
    /// <exception cref="ShapeException">A number is negative.</exception>
    public Tensor Tile(params int[] repeats)
    {
        int rank = Math.Max(Rank, repeats.Length), added = rank - Rank;
        int[] apart = new int[2 * rank], repeated = new int[2 * rank], result = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int times = i < rank - repeats.Length ? 1 : repeats[i - (rank - repeats.Length)], length = i < added ? 1 : Shape[i - added];
            (apart[2 * i], apart[(2 * i) + 1]) = (1, length);
            (repeated[2 * i], repeated[(2 * i) + 1]) = (times, length);
            result[i] = times >= 0
                ? checked(times * length)
                : throw new ShapeException($"Tile: the repeats [{string.Join(", ", repeats)}] contain {times}; a tensor is repeated 0 times or more.");
        }

        return Reshape((Shape)apart).BroadcastTo(repeated).Reshape((Shape)result);
    }

    /// <summary>Repeats each element along an axis, next to itself.</summary>
    /// <param name="repeats">How often.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the number is negative.</exception>
    public Tensor RepeatInterleave(int repeats, int axis)
    {
        int at = Shape.NormalizeAxis(axis, "RepeatInterleave");
        int[] repeated = [.. Shape[..(at + 1)], repeats, .. Shape[(at + 1)..]];
        return repeats >= 0
            ? Unsqueeze(at + 1).BroadcastTo(repeated).Reshape(Shape.With(at, checked(Shape[at] * repeats)))
            : throw new ShapeException($"RepeatInterleave: {repeats} repeats; an element is repeated 0 times or more.");
    }

    /// <summary>Windows that slide along an axis: the axis becomes the number of the window, and a new last axis holds its elements.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="size">Elements in a window.</param>
    /// <param name="step">From the start of one window to the next.</param>
    /// <exception cref="ShapeException">The axis does not exist, or is shorter than the window.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The size or step is not positive.</exception>
    public Tensor Unfold1D(int axis, int size, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        return new Unfold(Shape.NormalizeAxis(axis, "Unfold1D") - Rank, size, step).Apply(this);
    }

    /// <summary>Elements start, start + 1, … of an axis counted from the start.</summary>
    private Tensor Along(int axis, int start, int length)
    {
        if (start == 0 && length == Shape[axis])
        {
            return this;
        }

        int[] lengths = Shape[axis..].ToArray(), starts = new int[lengths.Length], steps = new int[lengths.Length];
        Array.Fill(steps, 1);
        (starts[0], lengths[0]) = (start, length);
        return new Slice(starts, lengths, steps).Apply(this);
    }

    private void RequireWidths((int Before, int After)[] widths)
    {
        if (widths.Length > Rank || Array.Exists(widths, width => width.Before < 0 || width.After < 0))
        {
            throw new ShapeException(
                $"Pad: the widths [{string.Join(", ", widths)}] for shape {Shape} must be at least 0, and no more than one pair an axis.");
        }
    }
}
