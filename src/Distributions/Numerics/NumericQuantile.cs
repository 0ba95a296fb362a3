using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Quantiles of a distribution from its distribution function: Newton's method on the logarithm of the smaller tail, kept inside a bracket that bisection
/// shrinks; whole numbers by secants. The gradient is that of the implicit function.
/// </summary>
internal static class NumericQuantile
{
    private const int MaxIterations = 400;

    public static Tensor Find(Univariate distribution, Tensor probability)
    {
        if (distribution.Atoms is { } atoms)
        {
            return Among(distribution, atoms, probability);
        }

        Tensor points = Numeric.Detached(() =>
        {
            Tensor p = probability.BroadcastTo(Shape.Broadcast(probability.Shape, distribution.BatchShape, "Quantile"));
            (Tensor low, Tensor high) = distribution.QuantileBracket(p);
            double[] lows = low.BroadcastTo(p.Shape).ToDoubles(), highs = high.BroadcastTo(p.Shape).ToDoubles();
            double[] found = distribution.Support.IsDiscrete
                ? Whole(distribution, p, lows, highs)
                : Real(distribution, p.ToDoubles(), lows, highs, p.Shape);
            return Numeric.As(found, p.Shape, distribution.DType);
        });
        return distribution.Measure == Measure.Counting ? points : ImplicitGradient.Attach(distribution, points, probability);
    }

    private static double[] Whole(Univariate distribution, Tensor p, double[] low, double[] high)
    {
        return new WholeQuantile(p.ToDoubles(), low, high, 4 * distribution.DType.Epsilon()).Run(
            Origin(distribution, p.Shape), x => distribution.Cdf(At(x)).ToDoubles(), x => distribution.Survival(At(x)).ToDoubles());

        Tensor At(double[] x) => Numeric.As(x, p.Shape, distribution.DType);
    }

    // An end of the support, near which quantiles may differ by orders of magnitude; 0 without one.
    private static double[] Origin(Univariate distribution, Shape shape)
    {
        (Tensor Low, Tensor High) ends = distribution.Support.Ends(DType.Float64) ?? (double.NegativeInfinity, double.PositiveInfinity);
        return Tensor.Where(ends.Low.IsFinite(), ends.Low, Tensor.Where(ends.High.IsFinite(), ends.High, 0.0)).Cast(DType.Float64).BroadcastTo(shape).ToDoubles();
    }

    // The first outcome at which the distribution function reaches the probability; one that was rounded up still belongs to its outcome.
    private static Tensor Among(Univariate distribution, Tensor atoms, Tensor p)
    {
        var rows = new BatchRows(distribution.BatchShape);
        Tensor sums = distribution.Cdf(Gradient.Stop(atoms).MoveAxis(-1, 0)).MoveAxis(0, -1), last = Tensor.Scalar(atoms.Shape[-1] - 1, DType.Int64);

        // At 0 the least outcome that has a mass.
        Tensor valid = (p >= 0) & (p <= 1), reached = Tensor.Maximum(Tensor.Where(valid, p, 0.5) * (1 - (4 * distribution.DType.Epsilon())), 1e-37);
        return Tensor.Where(valid, rows.Read(atoms, Tensor.Minimum(rows.Find(sums, reached), last)), double.NaN);
    }

    /// <summary>Doubles an interval until it holds the quantiles; of whole numbers, whose search is not slower in a wider one, it squares the length.</summary>
    public static (Tensor Low, Tensor High) Bracket(Univariate distribution, Tensor probability)
    {
        (Tensor Low, Tensor High) ends = distribution.Support.Ends(DType.Float64) ?? (double.NegativeInfinity, double.PositiveInfinity);
        double[] p = probability.ToDoubles();
        double[] bottom = ends.Low.Cast(DType.Float64).BroadcastTo(probability.Shape).ToDoubles();
        double[] top = ends.High.Cast(DType.Float64).BroadcastTo(probability.Shape).ToDoubles();
        double limit = distribution.DType == DType.Float32 ? float.MaxValue : double.MaxValue;
        double[] low = Expand(p, bottom, top, -1), high = Expand(p, top, bottom, 1);
        return (Tensor.From(low, probability.Shape).AsFree(), Tensor.From(high, probability.Shape).AsFree());

        double[] Expand(double[] p, double[] end, double[] other, int sign)
        {
            var at = new double[p.Length];
            for (int i = 0; i < at.Length; i++)
            {
                at[i] = double.IsFinite(end[i]) ? end[i] : (double.IsFinite(other[i]) ? other[i] : 0) + sign;
            }

            for (int k = 0; k < 2100; k++)
            {
                double[] cdf = distribution.Cdf(Numeric.As(at, probability.Shape, distribution.DType)).ToDoubles();
                bool done = true;
                for (int i = 0; i < at.Length; i++)
                {
                    bool outside = sign < 0 ? cdf[i] <= p[i] : cdf[i] >= p[i];
                    if (!outside && !double.IsFinite(end[i]) && Math.Abs(at[i]) < limit && p[i] > 0 && p[i] < 1)
                    {
                        double origin = double.IsFinite(other[i]) ? other[i] : 0;
                        double distance = at[i] - origin, factor = distribution.Support.IsDiscrete ? Math.Max(2, Math.Abs(distance)) : 2;
                        at[i] = Math.Clamp(origin + (factor * distance), -limit, limit);
                        done = false;
                    }
                }

                if (done)
                {
                    break;
                }
            }

            for (int i = 0; i < at.Length; i++)
            {
                at[i] = p[i] == (sign < 0 ? 0 : 1) ? end[i] : at[i];
            }

            return at;
        }
    }

    private static double[] Real(Univariate distribution, double[] p, double[] low, double[] high, Shape shape)
    {
        double[] origin = Origin(distribution, shape), last = new double[p.Length];
        Array.Fill(last, double.PositiveInfinity);
        double rounding = distribution.DType.Epsilon(), limit = distribution.DType == DType.Float32 ? float.MaxValue : double.MaxValue;
        var x = new double[p.Length];
        var done = new bool[p.Length];
        for (int i = 0; i < x.Length; i++)
        {
            // What lies beyond the range of the type is at its end.
            bool open = p[i] > 0 && p[i] < 1;
            (low[i], high[i]) = open ? (Math.Clamp(low[i], -limit, limit), Math.Clamp(high[i], -limit, limit)) : (low[i], high[i]);

            // The ends of the support, where nothing is to be found, and NaN for what is no probability.
            bool valid = p[i] >= 0 && p[i] <= 1;
            done[i] = !valid || p[i] == 0 || p[i] == 1 || low[i] == high[i];
            x[i] = !valid ? double.NaN : p[i] == 1 ? high[i] : done[i] ? low[i] : Middle(low[i], high[i]);
        }

        bool anyLower = Array.Exists(p, static level => level <= 0.5), anyUpper = Array.Exists(p, static level => level > 0.5);
        for (int k = 0; k < MaxIterations && Array.IndexOf(done, false) >= 0; k++)
        {
            Tensor at = Numeric.As(x, shape, distribution.DType);

            // The quantiles of one level are all in one tail.
            double[] lower = anyLower ? distribution.LogCdf(at).ToDoubles() : [], upper = anyUpper ? distribution.LogSurvival(at).ToDoubles() : [];
            double[] density = distribution.LogProb(at).ToDoubles();
            for (int i = 0; i < x.Length; i++)
            {
                if (done[i])
                {
                    continue;
                }

                bool left = p[i] <= 0.5;
                double tail = left ? lower[i] : upper[i];
                double excess = left ? tail - Math.Log(p[i]) : Special.Log1p(-p[i]) - tail;
                if (double.IsNaN(excess))
                {
                    (x[i], done[i]) = (double.NaN, true);
                    continue;
                }

                (low[i], high[i]) = excess < 0 ? (x[i], high[i]) : (low[i], x[i]);
                // Far from the solution every fifth step halves the bracket, so that slow convergence has an end.
                double next = x[i] - (excess * Math.Exp(tail - density[i]));
                bool newton = next > low[i] && next < high[i] && !(k % 5 == 4 && Math.Abs(excess) > 1e-3);
                next = newton ? next : Middle(low[i], high[i], origin[i]);
                double size = Math.Abs(x[i]) * rounding;

                // What the rounding of the logarithm of the tail leaves open: where it is more than of its own size, Newton's method gains nothing any more.
                bool stuck = Math.Abs(excess) < 1e-11 && Math.Abs(excess) >= 0.25 * last[i];
                last[i] = Math.Abs(excess);
                done[i] = stuck || Math.Abs(excess) <= 8 * rounding * (1 + Math.Abs(tail)) || high[i] - low[i] <= size || (newton && Math.Abs(next - x[i]) <= size);
                next = done[i] && !newton ? x[i] : next;
                x[i] = next;
            }
        }

        return x;
    }

    // By the distances from an end of the support; where one of them is 0, far nearer to it than halfway.
    private static double Middle(double low, double high, double origin)
    {
        (double left, double right) = (low - origin, high - origin);
        double middle = origin + (left == 0 && right > 0 ? right / 1024 : right == 0 && left < 0 ? left / 1024 : Middle(left, right));
        return middle > low && middle < high ? middle : Middle(low, high);
    }

    // Geometric where the ends differ by orders of magnitude, so that 1e-300 is as near as 1.
    internal static double Middle(double low, double high) => low > 0 && high > 8 * low ? Math.Sqrt(low) * Math.Sqrt(high)
        : high < 0 && low < 8 * high ? -(Math.Sqrt(-low) * Math.Sqrt(-high))
        : low + (0.5 * (high - low));
}
