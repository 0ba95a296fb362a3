using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>The spaces that kernels run over.</summary>
internal static class Spaces
{
    /// <summary>A space with as few axes as possible: those of length 1 are left out, and one that all layouts step over as over the one inside it becomes one with it.</summary>
    /// <param name="space">The space.</param>
    /// <param name="layouts">The layouts, each as long as the space in every axis.</param>
    /// <param name="keepsAxes">Whether the axes are referred to by number, and stay as they are.</param>
    public static (ImmutableArray<int> Lengths, View[] Views) Merge(Shape space, Layout[] layouts, bool keepsAxes = false)
    {
        if (keepsAxes)
        {
            return ([.. space.ToArray()], Array.ConvertAll(layouts, layout => layout.View));
        }

        var lengths = new List<int>();
        var strides = Array.ConvertAll(layouts, _ => new List<int>());
        for (int axis = space.Rank - 1; axis >= 0; axis--)
        {
            if (space[axis] == 1)
            {
                continue;
            }

            int last = lengths.Count - 1;
            bool merges = last >= 0;
            for (int i = 0; merges && i < layouts.Length; i++)
            {
                merges = layouts[i].Strides[axis] == strides[i][last] * lengths[last];
            }

            if (merges)
            {
                lengths[last] *= space[axis];
                continue;
            }

            lengths.Add(space[axis]);
            for (int i = 0; i < layouts.Length; i++)
            {
                strides[i].Add(layouts[i].Strides[axis]);
            }
        }

        if (lengths.Count == 0)
        {
            lengths.Add(1);
            Array.ForEach(strides, axis => axis.Add(0));
        }

        lengths.Reverse();
        return ([.. lengths], [.. layouts.Select((layout, i) => new View(layout.Offset, [.. Enumerable.Reverse(strides[i])]))]);
    }

    /// <summary>Whether a program asks for the index of an element.</summary>
    public static bool UsesIndex(KernelProgram program) => program.Instructions.Any(instruction => instruction.Op == KernelOp.Index);
}
