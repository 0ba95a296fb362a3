namespace ProbNet.Charts;

/// <summary>Writes the path data of polylines.</summary>
internal static class PathText
{
    /// <summary>
    /// Writes a polyline with a gap wherever a point has no place. Of the points that fall into one column of pixels only the first,
    /// the lowest, the highest and the last are kept, which draws the same picture (M4; Jugel et al. 2014).
    /// </summary>
    public static void Polyline(MarkupWriter svg, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int i = 0;
        while (i < x.Length)
        {
            if (double.IsNaN(x[i]) || double.IsNaN(y[i]))
            {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < x.Length && !double.IsNaN(x[end]) && !double.IsNaN(y[end]))
            {
                end++;
            }
            Run(svg, x[i..end], y[i..end]);
            i = end;
        }
    }

    private static void Run(MarkupWriter svg, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        svg.Write($"M{x[0]} {y[0]}");
        if (x.Length == 1)
        {
            // A point alone between two gaps: a line of no length, which a round cap makes a dot.
            svg.Write($"h0");
            return;
        }
        Span<int> kept = stackalloc int[4];
        for (int first = 0, last; first < x.Length; first = last + 1)
        {
            last = first;
            (int lowest, int highest) = (first, first);
            while (last + 1 < x.Length && Math.Floor(x[last + 1]) == Math.Floor(x[first]))
            {
                last++;
                lowest = y[last] < y[lowest] ? last : lowest;
                highest = y[last] > y[highest] ? last : highest;
            }
            (kept[0], kept[1], kept[2], kept[3]) = (first, Math.Min(lowest, highest), Math.Max(lowest, highest), last);
            for (int k = 0; k < kept.Length; k++)
            {
                if (kept[k] > 0 && (k == 0 || kept[k] != kept[k - 1]))
                {
                    svg.Write($"L{x[kept[k]]} {y[kept[k]]}");
                }
            }
        }
    }
}
