using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// The axes of a space with the strides of some views along them: axes of length 1 are left out, and neighbours along which all views walk as along one axis are
/// one axis here. So most spaces have one axis or two.
/// </summary>
internal sealed class SourceSpace
{
    private readonly int[] _axisOf;

    private SourceSpace(int[] lengths, int[][] strides, int[] axisOf, int[] firsts)
    {
        Lengths = lengths;
        Strides = strides;
        _axisOf = axisOf;
        Firsts = firsts;
    }

    /// <summary>The lengths of the axes.</summary>
    public int[] Lengths { get; }

    /// <summary>For each view its stride along each axis.</summary>
    public int[][] Strides { get; }

    /// <summary>For each axis the first of the axes of the original space that are in it.</summary>
    public int[] Firsts { get; }

    public int Rank => Lengths.Length;

    /// <summary>Merges what can be merged.</summary>
    /// <param name="lengths">The original axes.</param>
    /// <param name="views">The views, over the original axes.</param>
    /// <param name="isApart">Whether an original axis stays apart from the one before.</param>
    public static SourceSpace Of(ImmutableArray<int> lengths, IReadOnlyList<View> views, ReadOnlySpan<bool> isApart)
    {
        var mergedLengths = new List<int>();
        var firsts = new List<int>();
        var strides = new List<int>[views.Count];
        for (int v = 0; v < strides.Length; v++)
        {
            strides[v] = [];
        }

        var axisOf = new int[lengths.Length];
        bool begins = true;
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            begins |= isApart[axis];
            axisOf[axis] = -1;
            if (lengths[axis] == 1)
            {
                continue;
            }

            if (!begins && Continues(strides, views, axis, lengths[axis]))
            {
                mergedLengths[^1] = checked(mergedLengths[^1] * lengths[axis]);
                for (int v = 0; v < strides.Length; v++)
                {
                    strides[v][^1] = views[v].Strides[axis];
                }
            }
            else
            {
                mergedLengths.Add(lengths[axis]);
                firsts.Add(axis);
                for (int v = 0; v < strides.Length; v++)
                {
                    strides[v].Add(views[v].Strides[axis]);
                }
            }

            axisOf[axis] = mergedLengths.Count - 1;
            begins = false;
        }

        return new([.. mergedLengths], [.. strides.Select(of => of.ToArray())], axisOf, [.. firsts]);
    }

    /// <summary>The axis that an original axis is, if it stayed apart; −1 for one of length 1.</summary>
    public int AxisOf(int original) => _axisOf[original];

    /// <summary>How many indices the given axes have together.</summary>
    public long Count(Range axes)
    {
        long count = 1;
        foreach (int length in Lengths.AsSpan(axes))
        {
            count = checked(count * length);
        }

        return count;
    }

    private static bool Continues(List<int>[] strides, IReadOnlyList<View> views, int axis, int length)
    {
        for (int v = 0; v < strides.Length; v++)
        {
            if (strides[v][^1] != (long)views[v].Strides[axis] * length)
            {
                return false;
            }
        }

        return true;
    }
}
