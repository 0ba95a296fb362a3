using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The smallest region that holds a given probability, for each distribution of a batch: where the density is at least a threshold.</summary>
public sealed class DensityRegion
{
    // Of the probability inside, in Float64; of Float32 what its rounding allows. An error of the log density at an edge moves the probability by about as much.
    private const double MassTolerance = 1e-9, DensityTolerance = 1e-11;

    private readonly Univariate _distribution;
    private readonly (double Lower, double Upper)[][] _intervals;

    private DensityRegion(Univariate distribution, double level, double[] logThresholds, (double Lower, double Upper)[][] intervals)
    {
        _distribution = distribution;
        _intervals = intervals;
        Level = level;
        LogThreshold = Numeric.As(logThresholds, distribution.BatchShape, distribution.DType);
        Width = Numeric.As(Array.ConvertAll(intervals, list => list.Sum(i => i.Upper - i.Lower)), distribution.BatchShape, distribution.DType);
    }

    /// <summary>The probability that the region holds.</summary>
    public double Level { get; }

    /// <summary>The log density at the edges, of shape batch.</summary>
    public Tensor LogThreshold { get; }

    /// <summary>The total length of the intervals, of shape batch; for single outcomes, from the first to the last of each run of neighbours.</summary>
    public Tensor Width { get; }

    /// <summary>The intervals of one distribution, ascending; for single outcomes the first and last of each run of neighbours, both included.</summary>
    /// <param name="index">Which distribution of the batch, in row-major order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such distribution.</exception>
    public IReadOnlyList<(double Lower, double Upper)> Intervals(int index = 0) => index >= 0 && index < _intervals.Length
        ? _intervals[index]
        : throw new ArgumentOutOfRangeException(
            nameof(index), index, FormattableString.Invariant($"DensityRegion: there is no distribution {index} in a batch of {_intervals.Length}."));

    /// <summary>The level and the intervals of the first distributions.</summary>
    public override string ToString()
    {
        const int Shown = 4;
        IEnumerable<string> regions = _intervals.Take(Shown).Select(list =>
            string.Join(" ∪ ", list.Select(i => FormattableString.Invariant($"[{i.Lower:G6}, {i.Upper:G6}]"))));
        return FormattableString.Invariant($"{100 * Level:G6} % in {string.Join("; ", regions)}") + (_intervals.Length > Shown ? "; …" : "");
    }

    /// <summary>A mask of which values lie in the region, broadcast against the batch.</summary>
    /// <param name="value">Outcomes.</param>
    public Tensor Contains(Tensor value) => _distribution.LogProb(value) >= LogThreshold;

    internal static DensityRegion Find(Univariate distribution, double level) => Numeric.Detached(() =>
        distribution.Measure == Measure.Counting ? Outcomes(distribution, level) : Real(distribution, level));

    private static DensityRegion Outcomes(Univariate distribution, double level)
    {
        SortedPoints sorted = SortedPoints.Of(distribution);
        var thresholds = new double[sorted.Batch];
        var intervals = new (double, double)[sorted.Batch][];
        for (int b = 0; b < sorted.Batch; b++)
        {
            thresholds[b] = Threshold(sorted, b, level);
            intervals[b] = [.. Runs(sorted, b, thresholds[b]).Select(run => (sorted.Points[b][run.First], sorted.Points[b][run.Last]))];
        }

        return new DensityRegion(distribution, level, thresholds, intervals);
    }

    // The threshold that holds the level among the quadrature points is refined by the exact probability between the edges.
    private static DensityRegion Real(Univariate distribution, double level)
    {
        SortedPoints sorted = SortedPoints.Of(distribution);
        var low = new double[sorted.Batch];
        var high = new double[sorted.Batch];
        double[] above = new double[sorted.Batch], below = new double[sorted.Batch];
        for (int b = 0; b < sorted.Batch; b++)
        {
            // The mass falls as the threshold rises; the two brackets hold a little more and a little less than the level.
            double margin = 0.1 * Math.Min(level, 1 - level);
            low[b] = Threshold(sorted, b, level + margin);
            high[b] = Threshold(sorted, b, level - margin);
            (above[b], below[b]) = (margin, -margin);
        }

        Shape one = Shape.Create([1]).Concat(distribution.BatchShape);
        double[] ends = [.. new[] { 0.0, 1.0 }.SelectMany(p => distribution.Quantile(Tensor.Full(one, p, distribution.DType)).ToDoubles())];
        double rounding = distribution.DType.Epsilon();
        double[] thresholds = new BracketSearch(low, above, high, below).Run(
            at => Array.ConvertAll(Mass(distribution, Edges(distribution, sorted, at, ends)), mass => mass - level),
            Math.Max(MassTolerance, 4 * rounding), Math.Max(DensityTolerance, rounding));
        (double Lower, double Upper)[][] intervals = Edges(distribution, sorted, thresholds, ends);
        return new DensityRegion(distribution, level, thresholds, intervals);
    }

    private static double Threshold(SortedPoints sorted, int b, double level)
    {
        double[] density = (double[])sorted.LogDensities[b].Clone();
        double[] weight = (double[])sorted.Weights[b].Clone();
        Array.Sort(density, weight);
        double mass = 0;
        int i = density.Length;
        while (i > 0 && mass < level)
        {
            mass += weight[--i];
        }

        return density[i];
    }

    private static List<(int First, int Last)> Runs(SortedPoints sorted, int b, double threshold)
    {
        var runs = new List<(int, int)>();
        double[] density = sorted.LogDensities[b];
        for (int i = 0; i < density.Length; i++)
        {
            if (density[i] >= threshold && sorted.Weights[b][i] > 0)
            {
                int first = i;
                while (i + 1 < density.Length && density[i + 1] >= threshold && sorted.Weights[b][i + 1] > 0)
                {
                    i++;
                }

                runs.Add((first, i));
            }
        }

        return runs;
    }

    // Where the density crosses the threshold, between a point of a run and its neighbour outside, or the end of the support; all edges of the batch at once.
    private static (double Lower, double Upper)[][] Edges(Univariate distribution, SortedPoints sorted, double[] thresholds, double[] ends)
    {
        List<(int First, int Last)>[] runs = [.. Enumerable.Range(0, sorted.Batch).Select(b => Runs(sorted, b, thresholds[b]))];
        int most = Math.Max(1, runs.Max(list => list.Count));
        double[] inside = new double[2 * most * sorted.Batch], outside = new double[inside.Length];
        for (int b = 0; b < sorted.Batch; b++)
        {
            double[] x = sorted.Points[b];
            for (int r = 0; r < most; r++)
            {
                int lower = (2 * r * sorted.Batch) + b, upper = lower + sorted.Batch;
                if (r >= runs[b].Count)
                {
                    inside[lower] = outside[lower] = inside[upper] = outside[upper] = x[0];
                    continue;
                }

                (int first, int last) = runs[b][r];
                (inside[lower], inside[upper]) = (x[first], x[last]);
                outside[lower] = first > 0 ? x[first - 1] : double.IsFinite(ends[b]) ? ends[b] : x[0];
                outside[upper] = last < x.Length - 1 ? x[last + 1] : double.IsFinite(ends[sorted.Batch + b]) ? ends[sorted.Batch + b] : x[^1];
            }
        }

        Shape shape = Shape.Create([2 * most]).Concat(distribution.BatchShape);
        double[] above = Excess(inside), below = Excess(outside);
        double rounding = distribution.DType.Epsilon();

        // The outer point itself where the density is still above the threshold there, as at an end of the support.
        for (int i = 0; i < inside.Length; i++)
        {
            inside[i] = below[i] >= 0 ? outside[i] : inside[i];
        }

        inside = new BracketSearch(inside, above, outside, below).Run(Excess, Math.Max(DensityTolerance, 16 * rounding), rounding);
        var result = new (double, double)[sorted.Batch][];
        for (int b = 0; b < sorted.Batch; b++)
        {
            result[b] = [.. Enumerable.Range(0, runs[b].Count).Select(r => (inside[(2 * r * sorted.Batch) + b], inside[(((2 * r) + 1) * sorted.Batch) + b]))];
        }

        return result;

        double[] Excess(double[] x)
        {
            double[] log = distribution.LogProb(Numeric.As(x, shape, distribution.DType)).ToDoubles();
            for (int i = 0; i < log.Length; i++)
            {
                log[i] -= thresholds[i % sorted.Batch];
            }

            return log;
        }
    }

    private static double[] Mass(Univariate distribution, (double Lower, double Upper)[][] intervals)
    {
        int most = Math.Max(1, intervals.Max(list => list.Length)), batch = intervals.Length;
        double[] edges = new double[2 * most * batch];
        for (int b = 0; b < batch; b++)
        {
            for (int r = 0; r < most; r++)
            {
                (double lower, double upper) = r < intervals[b].Length ? intervals[b][r] : (0, 0);
                edges[(2 * r * batch) + b] = lower;
                edges[(((2 * r) + 1) * batch) + b] = upper;
            }
        }

        double[] cdf = distribution.Cdf(Numeric.As(edges, Shape.Create([2 * most]).Concat(distribution.BatchShape), distribution.DType)).ToDoubles();
        var mass = new double[batch];
        for (int i = 0; i < most * batch; i++)
        {
            int r = i / batch, b = i % batch;
            mass[b] += cdf[(((2 * r) + 1) * batch) + b] - cdf[(2 * r * batch) + b];
        }

        return mass;
    }
}
