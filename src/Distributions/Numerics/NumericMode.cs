using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The highest point of a density: the best quadrature point, then golden sections between its neighbours.</summary>
internal static class NumericMode
{
    private const int Sections = 48;

    public static Tensor Find(Univariate distribution) => Numeric.Detached(() =>
    {
        SortedPoints sorted = SortedPoints.Of(distribution);
        double[] low = new double[sorted.Batch], high = new double[sorted.Batch], start = new double[sorted.Batch];
        for (int b = 0; b < sorted.Batch; b++)
        {
            double[] log = sorted.LogDensities[b], x = sorted.Points[b];
            int best = 0;
            for (int i = 1; i < log.Length; i++)
            {
                best = log[i] > log[best] ? i : best;
            }

            start[b] = x[best];

            // Components that agree have their points in common.
            int left = best, right = best;
            while (left > 0 && x[left] == x[best])
            {
                left--;
            }

            while (right < x.Length - 1 && x[right] == x[best])
            {
                right++;
            }

            (low[b], high[b]) = (x[left], x[right]);
        }

        if (sorted.IsComplete)
        {
            return Numeric.As(start, distribution.BatchShape, distribution.DType);
        }

        bool whole = distribution.Measure == Measure.Counting;
        for (int k = 0; k < Sections; k++)
        {
            double[] left = new double[low.Length], right = new double[low.Length];
            for (int b = 0; b < low.Length; b++)
            {
                left[b] = Point(high[b] - (0.61803398874989485 * (high[b] - low[b])));
                right[b] = Point(low[b] + (0.61803398874989485 * (high[b] - low[b])));
            }

            double[] atLeft = Log(left), atRight = Log(right);
            for (int b = 0; b < low.Length; b++)
            {
                (low[b], high[b]) = atLeft[b] >= atRight[b] ? (low[b], right[b]) : (left[b], high[b]);
            }
        }

        double[] middle = new double[low.Length];
        for (int b = 0; b < low.Length; b++)
        {
            middle[b] = Point(low[b] + (0.5 * (high[b] - low[b])));
        }

        // Where the density has jumps the sections may have missed the highest part, or the outcomes may be whole numbers.
        double[] atMiddle = Log(middle), atStart = Log(start);
        for (int b = 0; b < low.Length; b++)
        {
            start[b] = atMiddle[b] > atStart[b] ? middle[b] : start[b];
        }

        return Numeric.As(start, distribution.BatchShape, distribution.DType);

        double Point(double x) => whole ? Math.Round(x) : x;

        double[] Log(double[] at) => distribution.LogProb(Numeric.As(at, distribution.BatchShape, distribution.DType)).ToDoubles();
    });
}
