using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>How <see cref="Draw"/>s come about.</summary>
internal static class Draws
{
    /// <summary>Up to three axes of lengths 0 to 4; shrinks by dropping axes, shortening them, and clearing bits.</summary>
    public static Arbitrary<Draw> All { get; } = Arb.From(
        from rank in Gen.Choose(0, 3)
        from lengths in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Constant(1)), (6, Gen.Choose(2, 4))), rank)
        from mask in Gen.Choose(0, (1 << 15) - 1)
        from seed in Gen.Choose(1, int.MaxValue)
        select new Draw(lengths, mask, seed),
        Shrink);

    private static IEnumerable<Draw> Shrink(Draw draw)
    {
        int[] lengths = draw.Shape.ToArray();
        for (int i = 0; i < lengths.Length; i++)
        {
            yield return draw with { Shape = (int[])[.. lengths[..i], .. lengths[(i + 1)..]] };
            if (lengths[i] > 1)
            {
                int[] shorter = [.. lengths];
                shorter[i]--;
                yield return draw with { Shape = shorter };
            }
        }

        for (int bits = draw.Mask; bits != 0; bits &= bits - 1)
        {
            yield return draw with { Mask = draw.Mask & ~(bits & -bits) };
        }
    }
}
