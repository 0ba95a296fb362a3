using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Layers;

/// <summary>Whether draws follow a density, in one or two dimensions: counts in cells against the integral of the density over them.</summary>
internal static class SampleCheck
{
    private const double Level = 1e-6;
    private const int Fewest = 10;

    /// <summary>Asserts that draws on the line follow the density, by χ² at 10⁻⁶ over cells of equal counts; and the distribution function, where there is one.</summary>
    public static void OnTheLine(Distribution p, Tensor draws, int cells = 30, int fine = 100)
    {
        int count = draws.Size;
        double[] sorted = [.. draws.ToDoubles().Order()], expected = new double[cells];
        double[] edges = [.. Enumerable.Range(0, cells + 1).Select(i => sorted[(int)((long)i * (count - 1) / cells)])];
        var counts = new double[cells];
        Shape shape = Shape.Create([cells * fine]).Concat(p.BatchShape).Concat(p.EventShape);
        double[] points = [.. Enumerable.Range(0, cells * fine).Select(k => edges[k / fine] + ((edges[(k / fine) + 1] - edges[k / fine]) * ((k % fine) + 0.5) / fine))];
        double[] density = p.LogProb(Tensor.From(points, shape).Cast(p.DType)).Exp().ToDoubles();
        for (int i = 0; i < cells; i++)
        {
            double mass = density[(i * fine)..((i + 1) * fine)].Sum() * (edges[i + 1] - edges[i]) / fine;
            if (p is Univariate univariate)
            {
                double[] cdf = univariate.Cdf(Tensor.From(edges[i], edges[i + 1]).Cast(p.DType)).ToDoubles();
                Assert.Equal(cdf[1] - cdf[0], mass, 1e-3);
            }

            counts[i] = sorted.Count(x => x >= edges[i] && (i == cells - 1 || x < edges[i + 1]));
            expected[i] = count * mass;
        }

        Compare(counts, expected);
    }

    /// <summary>
    /// Asserts that the mean of g(x)/p(x) over draws of p is the integral of g, 1, within 5 standard errors. g is a Normal half as wide as the draws next to one of those
    /// with much density, so that it is narrower than p even where that is a thin bent sheet.
    /// </summary>
    public static void InSpace(Distribution p, Tensor draws)
    {
        int count = draws.Shape[0], near = count / 5, dimension = draws.Shape[1];
        Tensor log = p.LogProb(draws), centre = draws[(int)log.ArgSort(descending: true)[count / 10].ToScalar()];
        Tensor distance = ((draws - centre) / draws.Std(0)).Square().Sum(-1), around = draws.IndexSelect(0, distance.ArgSort()[..near]);
        Tensor apart = around - around.Mean(0), covariance = apart.Transpose().MatMul(apart) / near;
        var narrow = new MultivariateNormal(around.Mean(0), 0.5 * (covariance + (1e-9 * Tensor.Eye(dimension, DType.Float64))).Cholesky());
        Tensor ratio = (narrow.LogProb(draws) - log).Exp();
        double mean = ratio.Mean().ToScalar(), error = ratio.Std().ToScalar() / Math.Sqrt(count);
        Assert.InRange(mean, 1 - (5 * error), 1 + (5 * error));

        // A density that is wrong by a factor of two is found out.
        Assert.True(5 * error < 1, $"{error}");
    }

    /// <summary>Asserts that draws in the plane follow the density, by χ² at 10⁻⁶ over a grid; what is outside of the grid or rare is one cell.</summary>
    public static void InThePlane(Distribution p, Tensor draws, int cells = 8, int fine = 40)
    {
        int count = draws.Shape[0];
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
