using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Sums over more outcomes than can be listed: panels between which the logarithm of the mass bends little, each with all of its outcomes if these are few, else with some of
/// them and the weights that are exact for polynomials: near the nodes of Gauss's rule for sums, the zeros of Gram's polynomials (Hildebrand 1956, section 7.13).
/// </summary>
internal static class LatticePanels
{
    private const int Order = QuadratureRule.Order, MostRounds = 80, MostPanels = 2000;

    // By how much the logarithm of the mass may change and bend within a panel, and by what factor the distance from the least outcome.
    private const double MostChange = 2, MostBend = 0.2, MostRatio = 4;

    // Below the greatest mass by this, in logarithms, nothing is left.
    private const double Depth = 100;

    private static readonly double[] s_legendre = [.. new GaussLegendreRule(-1, 1, Order).Abscissas];

    /// <summary>The rule for outcomes from low to high, [batch] each.</summary>
    public static QuadratureRule Of(Univariate distribution, Tensor low, Tensor high)
    {
        Shape batch = distribution.BatchShape;
        double most = distribution.DType == DType.Float64 ? 1e300 : 1e37;
        List<double>[] edges = Numeric.Detached(() => Edges(distribution, low.Clip(max: most).ToDoubles(), high.Clip(max: most).ToDoubles()));
        int size = edges.Length, panels = edges.Length == 0 ? 1 : edges.Max(static list => list.Count - 1);
        double[] points = new double[panels * Order * size], weights = new double[points.Length], coarse = new double[points.Length];
        for (int b = 0; b < size; b++)
        {
            for (int i = 0; i < panels * Order; i++)
            {
                // Those with fewer panels repeat their first outcome with no weight.
                points[(i * size) + b] = edges[b][0];
            }

            for (int i = 0; i < edges[b].Count - 1; i++)
            {
                (double[] at, double[] weight, double[] rough) = Panel(edges[b][i], edges[b][i + 1] - edges[b][i]);
                for (int k = 0; k < at.Length; k++)
                {
                    int index = (((i * Order) + k) * size) + b;
                    (points[index], weights[index], coarse[index]) = (at[k], weight[k], rough[k]);
                }
            }
        }

        Shape shape = Shape.Create([panels * Order]).Concat(batch);
        Tensor outcomes = Numeric.As(points, shape, distribution.DType), mass = distribution.LogProb(outcomes).Exp();
        return new(outcomes, Numeric.As(weights, shape, distribution.DType) * mass, Numeric.As(coarse, shape, distribution.DType) * mass);
    }

    // The first outcomes of the panels of each distribution, and the one after the last.
    private static List<double>[] Edges(Univariate distribution, double[] low, double[] high)
    {
        Tensor cuts = (distribution.Peaks ?? QuadratureRule.QuantilesOf(distribution)).Floor();
        double[] inner = cuts.BroadcastTo(cuts.Shape[..1].Concat(distribution.BatchShape)).ToDoubles();
        int size = low.Length;
        var open = new List<(double Left, double Right)>[size];
        var done = new List<double>[size];
        double[] top = new double[size];
        Array.Fill(top, double.NegativeInfinity);
        for (int b = 0; b < size; b++)
        {
            done[b] = [];
            open[b] = [];
            if (!double.IsFinite(low[b]) || !double.IsFinite(high[b]))
            {
                done[b].Add(low[b]);
                continue;
            }

            var all = new SortedSet<double> { low[b], Math.Max(low[b] + 1, high[b] + 1) };
            for (int i = b; i < inner.Length; i += size)
            {
                if (inner[i] > low[b] && inner[i] < high[b])
                {
                    all.Add(inner[i]);
                }
            }

            double[] sorted = [.. all];
            for (int i = 1; i < sorted.Length; i++)
            {
                open[b].Add((sorted[i - 1], sorted[i]));
            }
        }

        // The masses at both ends of each panel, then at the middle of those that are not settled.
        for (int round = 0; round < MostRounds && open.Any(static list => list.Count > 0); round++)
        {
            double[][] middle = [.. open.Select((list, b) => list.Select(panel => Middle(panel.Left, panel.Right, low[b])).ToArray())];
            double[][] left = Masses(open.Select(list => list.Select(static panel => panel.Left)));
            double[][] right = Masses(open.Select(list => list.Select(static panel => panel.Right - 1)));
            double[][] at = Masses(middle);
            for (int b = 0; b < size; b++)
            {
                List<(double, double)> next = [];
                for (int i = 0; i < open[b].Count; i++)
                {
                    (double from, double to) = open[b][i];
                    top[b] = Math.Max(top[b], Math.Max(at[b][i], Math.Max(left[b][i], right[b][i])));
                    double share = (middle[b][i] - from) / (to - 1 - from), bend = Math.Abs(at[b][i] - left[b][i] - (share * (right[b][i] - left[b][i])));
                    bool nothing = Math.Max(left[b][i], Math.Max(at[b][i], right[b][i])) < top[b] - Depth;
                    bool smooth = Math.Abs(left[b][i] - right[b][i]) <= MostChange && bend <= MostBend && to - low[b] <= MostRatio * (from - low[b] + 1);
                    if (to - from <= Order || nothing || smooth || !(middle[b][i] > from && middle[b][i] < to) || done[b].Count + next.Count > MostPanels)
                    {
                        done[b].Add(from);
                    }
                    else
                    {
                        next.Add((from, middle[b][i]));
                        next.Add((middle[b][i], to));
                    }
                }

                open[b] = next;
            }
        }

        for (int b = 0; b < size; b++)
        {
            done[b].AddRange(open[b].Select(static panel => panel.Left));
            done[b].Sort();
            if (done[b].Count == 0)
            {
                done[b].Add(low[b]);
            }

            done[b].Add(Math.Max(done[b][^1] + 1, high[b] + 1));
        }

        return done;

        double[][] Masses(IEnumerable<IEnumerable<double>> outcomes)
        {
            double[][] lists = [.. outcomes.Select(static list => list.ToArray())];
            int most = Math.Max(1, lists.Max(static list => list.Length));
            var all = new double[most * size];
            for (int b = 0; b < size; b++)
            {
                for (int i = 0; i < most; i++)
                {
                    all[(i * size) + b] = i < lists[b].Length ? lists[b][i] : low[b];
                }
            }

            double[] logs = distribution.LogProb(Numeric.As(all, Shape.Create([most]).Concat(distribution.BatchShape), distribution.DType)).ToDoubles();
            return [.. lists.Select((list, b) => list.Select((_, i) => logs[(i * size) + b]).ToArray())];
        }
    }

    private static double Middle(double left, double right, double low)
    {
        (double near, double far) = (left - low + 1, right - low);
        return far > MostRatio * near ? Math.Floor(low - 1 + (Math.Sqrt(near) * Math.Sqrt(far))) + 1 : Math.Floor(left + (0.5 * (right - left)));
    }

    // Outcomes from the first on with weights of ∑ over all of the panel, and those of a rule without the two in the middle.
    private static (double[] At, double[] Weights, double[] Coarse) Panel(double first, double count)
    {
        // Beyond 2⁵³ neighbours in the type are further apart than outcomes.
        double apart = Math.BitIncrement(Math.Abs(first) + count) - (Math.Abs(first) + count);
        if (apart > 1 && count < 64 * apart)
        {
            return ([first], [Math.Max(1, count)], [Math.Max(1, count)]);
        }

        if (count <= Order || !double.IsFinite(count))
        {
            double[] all = [.. Enumerable.Range(0, count >= 1 ? (int)count : 1).Select(i => first + i)], ones = Array.ConvertAll(all, static _ => 1.0);
            return (all, ones, ones);
        }

        // In units of half the panel around its middle.
        (double[] zeros, double[] gauss) = Gram(count);
        double half = 0.5 * count, centre = first + (0.5 * (count - 1));
        double[] at = new double[Order], x = new double[Order];
        for (int i = 0; i < Order; i++)
        {
            at[i] = Math.Clamp(Math.Round(centre + (half * zeros[i])), first, first + count - 1);
            at[i] = i > 0 && at[i] <= at[i - 1] ? at[i - 1] + 1 : at[i];
            x[i] = apart > 1 ? zeros[i] : (at[i] - centre) / half;
        }

        return (at, Interpolated(x, zeros, gauss, static _ => true), Interpolated(x, zeros, gauss, static i => i is not (3 or 4)));
    }

    // ∑ of the polynomials that are 1 at one node and 0 at the others.
    private static double[] Interpolated(double[] x, double[] zeros, double[] gauss, Func<int, bool> takes)
    {
        var weights = new double[Order];
        for (int i = 0; i < Order; i++)
        {
            for (int m = 0; m < Order && takes(i); m++)
            {
                double product = gauss[m];
                for (int k = 0; k < Order; k++)
                {
                    product *= k == i || !takes(k) ? 1 : (zeros[m] - x[k]) / (x[i] - x[k]);
                }

                weights[i] += product;
            }
        }

        return weights;
    }

    // Gauss's rule for ∑ over count outcomes: monic polynomials with p(n + 1) = x·p(n) − β(n)·p(n − 1), β(n) = n²·(1 − n²/N²)/(4n² − 1) in units of N/2.
    private static (double[] Zeros, double[] Weights) Gram(double count)
    {
        double[] zeros = new double[Order], weights = new double[Order];
        for (int i = 0; i < Order; i++)
        {
            double x = s_legendre[i], slope = 1, before = 1;
            for (int step = 0; step < 6; step++)
            {
                (double value, slope, before) = Polynomial(x);
                x -= value / slope;
            }

            (_, slope, before) = Polynomial(x);
            double norm = count;
            for (int n = 1; n < Order; n++)
            {
                norm *= Beta(n);
            }

            (zeros[i], weights[i]) = (x, norm / (slope * before));
        }

        return (zeros, weights);

        double Beta(double n) => n * n * (1 - (n / count * (n / count))) / ((4 * n * n) - 1);

        (double Value, double Slope, double Before) Polynomial(double x)
        {
            (double p, double last, double d, double lastSlope) = (1, 0, 0, 0);
            for (int n = 0; n < Order; n++)
            {
                double beta = n == 0 ? 0 : Beta(n);
                (p, last, d, lastSlope) = ((x * p) - (beta * last), p, p + (x * d) - (beta * lastSlope), d);
            }

            return (p, d, last);
        }
    }
}
