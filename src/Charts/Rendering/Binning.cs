namespace ProbNet.Charts;

/// <summary>Sorts values into bins of one width.</summary>
internal static class Binning
{
    private const int MostBins = 200;

    /// <summary>The edges of the bins, and the counts or densities between them.</summary>
    public static (double[] Edges, double[] Heights) Count(ReadOnlySpan<double> values, int? bins, (double Low, double High)? range, bool density)
    {
        if (bins is < 1 or > 100_000)
        {
            throw new ArgumentOutOfRangeException(nameof(bins), bins, $"Histogram: {bins} bins; give 1 to 100,000.");
        }
        List<double> inside = [];
        foreach (double value in values)
        {
            if (Axis.Accepts(value, AxisScale.Linear) && (range is not var (low, high) || (value >= low && value <= high)))
            {
                inside.Add(value);
            }
        }
        inside.Sort();

        (double first, double last) = range ?? Span(inside);
        int count = bins ?? FreedmanDiaconis(inside, last - first);
        double width = (last - first) / count;
        double[] heights = new double[count];
        double unit = density && inside.Count > 0 ? 1 / (inside.Count * width) : 1;
        foreach (double value in inside)
        {
            heights[Math.Clamp((int)((value - first) / width), 0, count - 1)] += unit;
        }
        double[] edges = new double[count + 1];
        for (int i = 0; i <= count; i++)
        {
            edges[i] = i == count ? last : first + (i * width);
        }
        return (edges, heights);
    }

    /// <summary>The range of sorted values, widened where they are all equal.</summary>
    private static (double Low, double High) Span(List<double> sorted)
    {
        Extent extent = new(AxisScale.Linear);
        foreach (double value in sorted)
        {
            extent.Include(value);
        }
        Axis axis = Axis.Fit(extent, fixedRange: null, padding: 0);
        return (axis.Low, axis.High);
    }

    /// <summary>Width 2 · IQR · n^(−1/3) (Freedman and Diaconis 1981); Sturges' 1 + log2 n bins where the quartiles coincide.</summary>
    private static int FreedmanDiaconis(List<double> sorted, double span)
    {
        if (sorted.Count < 2)
        {
            return 1;
        }
        double spread = sorted[(int)(0.75 * (sorted.Count - 1))] - sorted[(int)(0.25 * (sorted.Count - 1))];
        double width = 2 * spread / Math.Cbrt(sorted.Count);
        double bins = width > 0 ? span / width : 1 + Math.Log2(sorted.Count);
        return (int)Math.Clamp(Math.Ceiling(bins), 1, MostBins);
    }
}
