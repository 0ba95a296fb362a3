using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>Which shapes the inputs of a table entry take: a fixed list, and any number of random ones.</summary>
/// <param name="Standard">The shapes that the table's test runs.</param>
/// <param name="FromDraw">Shapes from a random draw; null for a family that has only its list.</param>
internal sealed record Family(Shape[][] Standard, Func<Draw, Shape[]>? FromDraw)
{
    /// <summary>One input of any shape.</summary>
    public static Family Unary { get; } = new([[[]], [[3]], [[2, 3]], [[0]], [[2, 0, 3]], [[1, 1]], [[37]]], draw => [draw.Shape]);

    /// <summary>One input of any shape with at least one element.</summary>
    public static Family NonEmpty { get; } = new(
        [[[]], [[3]], [[2, 3]], [[1, 1]]], draw => [draw.Shape.Select(length => Math.Max(1, length)).ToArray()]);

    /// <summary>Two inputs that broadcast.</summary>
    public static Family Binary { get; } = Broadcast(2);

    /// <summary>Three inputs that broadcast.</summary>
    public static Family Ternary { get; } = Broadcast(3);

    /// <summary>Two inputs that broadcast, in a few shapes: for operations whose loops over shapes are those of others.</summary>
    public static Family FewPairs { get; } = FewOf(Binary);

    /// <summary>Three inputs that broadcast, in a few shapes.</summary>
    public static Family FewTriples { get; } = FewOf(Ternary);

    /// <summary>One input with at least one axis, whose last axis may be empty.</summary>
    public static Family Last { get; } = LastOfAtLeast(0);

    /// <summary>One input with a last axis that is not empty.</summary>
    public static Family NonEmptyLast { get; } = LastOfAtLeast(1);

    /// <summary>One input with at least two axes, of any lengths.</summary>
    public static Family Matrix { get; } = new(
        [[[2, 3]], [[3, 2]], [[2, 3, 3]], [[1, 1]], [[0, 2]], [[2, 0]], [[0, 2, 2]]],
        draw => [draw.Shape.Rank >= 2 ? draw.Shape : draw.Shape.Concat([2, 3])]);

    /// <summary>Square matrices [..., n, n].</summary>
    public static Family Square { get; } = new(
        [[[1, 1]], [[3, 3]], [[2, 2, 2]], [[0, 2, 2]], [[0, 0]]],
        draw => [draw.Shape.Concat([(draw.Mask & 3) + 1, (draw.Mask & 3) + 1])]);

    /// <summary>Square matrices with right-hand sides [..., n, k], whose batches broadcast.</summary>
    public static Family SquareAndColumns { get; } = new(
        [[[3, 3], [3, 2]], [[1, 1], [1, 1]], [[2, 2, 2], [2, 2, 1]], [[2, 1, 2, 2], [3, 2, 3]], [[0, 2, 2], [0, 2, 1]]],
        draw => [draw.Shape.Concat([(draw.Mask & 3) + 1, (draw.Mask & 3) + 1]), draw.Shape.Concat([(draw.Mask & 3) + 1, ((draw.Mask >> 2) & 1) + 1])]);

    /// <summary>One input whose last axis has at least the given length.</summary>
    public static Family LastOfAtLeast(int least) => new(
        [.. new Shape[] { [Math.Max(3, least)], [2, Math.Max(3, least)], [2, 1, 4], [0, Math.Max(3, least)], [Math.Max(1, least)], [Math.Max(0, least)] }
            .Select(shape => new[] { shape })],
        draw => [draw.Shape.Rank == 0 ? [Math.Max(least, draw.Mask & 3)] : draw.Shape.With(-1, Math.Max(least, draw.Shape[^1]))]);

    /// <summary>Only the given shapes.</summary>
    public static Family Fixed(params Shape[][] shapes) => new(shapes, null);

    // A row, numbers, and nothing.
    private static Family FewOf(Family family) => new([family.Standard[0], family.Standard[2], family.Standard[3]], null);

    private static Family Broadcast(int count)
    {
        Shape[] row = [[2, 3], [3], [1, 3]], column = [[3, 1], [2, 1, 4], [1]], scalar = [[2, 2], [], []], empty = [[0, 3], [3], [1]];
        Shape[] same = [[4], [4], [4]], allScalar = [[], [], []], flipped = [[], [0], [2, 1]], repeated = [[1, 3], [2, 1, 1], [2, 4, 1]];
        return new Family([.. new[] { row, column, scalar, empty, same, allScalar, flipped, repeated }.Select(shapes => shapes[..count])], draw =>
        {
            var result = new Shape[count];
            for (int operand = 0; operand < count; operand++)
            {
                int bits = draw.Mask >> (5 * operand);
                int[] lengths = draw.Shape.ToArray();
                for (int axis = 0; axis < lengths.Length; axis++)
                {
                    lengths[axis] = ((bits >> axis) & 1) == 1 ? 1 : lengths[axis];
                }

                result[operand] = lengths[Math.Min((bits >> 3) & 3, lengths.Length)..];
            }

            return result;
        });
    }
}
