using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class LinearAssignmentTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(41);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(5, 5)]
    [InlineData(2, 6)]
    [InlineData(4, 6)]
    [InlineData(5, 19)]
    public void LinearAssignment_OfSmallMatrices_IsTheBestOfAll(int rows, int columns)
    {
        // Whole numbers too: many assignments are equally good then. Sums of few of them are exact.
        Tensor costs = Tensor.Concat([10 * s_key.Normal([30, rows, columns], DType.Float64), (3 * s_key.FoldIn(1).Normal([30, rows, columns], DType.Float64)).Round()]);
        long[] all = costs.LinearAssignment().ToArray<long>();
        for (int i = 0; i < 60; i++)
        {
            double[] matrix = costs[i].ToDoubles();
            long[] assigned = all[(i * rows)..((i + 1) * rows)];
            Assert.Equal(rows, assigned.Distinct().Count());
            double sum = assigned.Select((column, row) => matrix[(row * columns) + column]).Sum();
            Assert.Equal(Best(matrix, columns), sum, 1e-9);
        }
    }

    [Fact]
    public void LinearAssignment_OfSquaredDistancesOnALine_SortsBothSides()
    {
        // For convex costs on a line the best transport is monotone (Villani 2003, theorem 2.18).
        Tensor a = s_key.FoldIn(2).Normal([200]), b = s_key.FoldIn(3).Normal([200]);
        Tensor assigned = (a.Unsqueeze(1) - b).Square().LinearAssignment(), order = a.ArgSort();
        Assert.Equal(b.Sort().Values.ToArray<float>(), b.IndexSelect(0, assigned).IndexSelect(0, order).ToArray<float>());
    }

    [Fact]
    public void LinearAssignment_OfWhatItDoesNotTake_NamesIt()
    {
        Assert.Contains("[3, 2]", Assert.Throws<ShapeException>(() => Tensor.Zeros([3, 2]).LinearAssignment()).Message, StringComparison.Ordinal);
        Assert.Contains("Int64", Assert.Throws<DTypeException>(() => Tensor.Arange(4).Reshape(2, 2).LinearAssignment()).Message, StringComparison.Ordinal);
        Tensor broken = Tensor.From(new[,] { { 0.0, 1 }, { double.NaN, 2 } });
        Assert.Contains("row 1, column 0 is NaN", Assert.Throws<ArgumentException>(() => broken.LinearAssignment()).Message, StringComparison.Ordinal);
        foreach (double cost in (double[])[double.NegativeInfinity, double.PositiveInfinity, -1e300, 1e300])
        {
            Tensor far = Tensor.From(new[,] { { 0.0, 1, 2 }, { 1, cost, 3 } });
            Assert.Contains("row 1, column 1 is ", Assert.Throws<ArgumentException>(() => far.LinearAssignment()).Message, StringComparison.Ordinal);
        }

        Assert.Equal([2, 0], Tensor.Zeros([2, 0, 3]).LinearAssignment().Shape);
    }

    // Column after column: the least sum for each set of rows that have theirs.
    private static double Best(double[] costs, int columns)
    {
        int rows = costs.Length / columns;
        double[] best = [0, .. Enumerable.Repeat(double.PositiveInfinity, (1 << rows) - 1)];
        for (int column = 0; column < columns; column++)
        {
            for (int set = best.Length - 1; set > 0; set--)
            {
                for (int row = 0; row < rows; row++)
                {
                    best[set] = (set >> row & 1) == 1 ? Math.Min(best[set], best[set & ~(1 << row)] + costs[(row * columns) + column]) : best[set];
                }
            }
        }

        return best[^1];
    }
}
