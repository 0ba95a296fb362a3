using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Layers;

/// <summary>Whether draws follow a density, in one or two dimensions: counts in cells against the integral of the density over them.</summary>
internal static class SampleCheck
{
    private const double Level = 1e-6;
    private const int Fewest = 10;

    /// <summary>Asserts that draws in the plane follow the density, by χ² at 10⁻⁶ over a grid; what is outside of the grid or rare is one cell.</summary>
    public static void InThePlane(Distribution p, RandomKey key, int count = 20_000, int cells = 8, int fine = 40)
    {
        Tensor draws = p.Sample(key, count).Reshape(count, 2);
        double[] low = draws.Min(0).ToDoubles(), high = draws.Max(0).ToDoubles(), values = draws.ToDoubles();
        var counts = new double[cells * cells];
        for (int i = 0; i < count; i++)
        {
            counts[(Cell(0, values[2 * i]) * cells) + Cell(1, values[(2 * i) + 1])]++;
        }

        int n = cells * fine;
        Tensor a = Points(0).Unsqueeze(1).BroadcastTo([n, n]), b = Points(1).BroadcastTo([n, n]);
        Tensor grid = Tensor.Stack([a, b], -1).Reshape(Shape.Create([n * n]).Concat(p.BatchShape).Concat([2])).Cast(p.DType);
        double area = (high[0] - low[0]) * (high[1] - low[1]) / (n * n);
        double[] density = p.LogProb(grid).Exp().ToDoubles();
        var expected = new double[counts.Length];
        for (int i = 0; i < density.Length; i++)
        {
            expected[(i / n / fine * cells) + (i % n / fine)] += count * area * density[i];
        }

        Assert.Equal(count, expected.Sum(), 0.01 * count);
        Compare(counts, expected);

        int Cell(int axis, double value) => Math.Min(cells - 1, (int)(cells * (value - low[axis]) / (high[axis] - low[axis])));
        Tensor Points(int axis) => low[axis] + ((high[axis] - low[axis]) * (Tensor.Arange(n, DType.Float64) + 0.5) / n);
    }

    /// <summary>Asserts that counts come from cells of given expected counts, whose sum is that of the counts or falls short of it by what lies elsewhere.</summary>
    public static void Compare(double[] counts, double[] expected)
    {
        double statistic = 0, rest = counts.Sum(), left = rest;
        int degrees = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            if (expected[i] >= Fewest)
            {
                statistic += Math.Pow(counts[i] - expected[i], 2) / expected[i];
                (rest, left, degrees) = (rest - counts[i], left - expected[i], degrees + 1);
            }
        }

        statistic += left >= Fewest ? Math.Pow(rest - left, 2) / left : 0;
        double limit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(degrees, 1 - Level);
        Assert.True(statistic < limit, FormattableString.Invariant($"χ² = {statistic:F1} of {degrees} cells; at most {limit:F1}."));
    }
}
