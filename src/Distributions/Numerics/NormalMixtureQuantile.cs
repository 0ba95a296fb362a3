using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Quantiles of mixtures of Normals, row by row in double precision: Newton's method on the logarithm of the smaller tail, between the least and the greatest quantile of
/// the components. A value only: <see cref="ImplicitGradient"/> differentiates.
/// </summary>
internal static class NormalMixtureQuantile
{
    private const int TileSize = 64, MaxIterations = 200;

    // Newton's steps square the error: below this one the step is the last.
    private const double LastStep = 1e-8, InverseRootTwoPi = 0.39894228040143267794;

    /// <param name="normals">The components, [..., components] each.</param>
    /// <param name="probability">sample + batch.</param>
    public static Tensor Find((Tensor LogWeights, Tensor Loc, Tensor Scale) normals, Tensor probability)
    {
        Shape all = Shape.Broadcast(Shape.Broadcast(normals.LogWeights.Shape, normals.Loc.Shape), normals.Scale.Shape, "Quantile"), batch = all[..^1];
        Shape full = Shape.Broadcast(probability.Shape, batch, "Quantile");
        double[] p = probability.BroadcastTo(full).ToDoubles(), found = new double[p.Length];
        if (full[(full.Rank - batch.Rank)..] != batch)
        {
            // One distribution for several probabilities along an axis of length 1.
            batch = full;
            all = batch.Concat(all[^1..]);
        }

        double[] weights = Array.ConvertAll(Values(normals.LogWeights), Math.Exp);
        var job = new Job(p, weights, Values(normals.Loc), Values(normals.Scale), all[^1], found);
        Workers.Run((p.Length + TileSize - 1) / TileSize, ref job);
        return Numeric.As(found, full, probability.DType);

        double[] Values(Tensor part) => Gradient.Stop(part).BroadcastTo(all).ToDoubles();
    }

    private readonly struct Job(double[] p, double[] weights, double[] loc, double[] scale, int count, double[] found) : ITileJob
    {
        public void Execute(int tile)
        {
            int rows = weights.Length / count;
            for (int i = tile * TileSize; i < Math.Min(p.Length, (tile + 1) * TileSize); i++)
            {
                int first = i % rows * count;
                found[i] = Solve(p[i], weights.AsSpan(first, count), loc.AsSpan(first, count), scale.AsSpan(first, count));
            }
        }
    }

    private static double Solve(double p, ReadOnlySpan<double> weights, ReadOnlySpan<double> loc, ReadOnlySpan<double> scale)
    {
        if (!(p >= 0 && p <= 1))
        {
            return double.NaN;
        }

        double z = Special.NormalQuantile(p), low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int k = 0; k < loc.Length; k++)
        {
            double quantile = loc[k] + (scale[k] * z);
            (low, high) = (Math.Min(low, quantile), Math.Max(high, quantile));
        }

        if (double.IsInfinity(low) || double.IsInfinity(high) || !(low < high))
        {
            return low == high ? low : double.NaN;
        }

        bool upper = p > 0.5;
        double target = upper ? Special.Log1p(-p) : Math.Log(p), x = NumericQuantile.Middle(low, high);
        for (int i = 0; i < MaxIterations && x > low && x < high; i++)
        {
            double tail = 0, density = 0;
            for (int k = 0; k < loc.Length; k++)
            {
                double at = (x - loc[k]) / scale[k];
                tail += weights[k] * Special.NormalCdf(upper ? -at : at);
                density += weights[k] / scale[k] * Math.Exp(-0.5 * at * at);
            }

            double excess = upper ? target - Math.Log(tail) : Math.Log(tail) - target;
            if (double.IsNaN(excess))
            {
                return double.NaN;
            }

            (low, high) = excess < 0 ? (x, high) : (low, x);

            // Far from the solution every fifth step halves the bracket, so that slow convergence has an end.
            double next = x - (excess * tail / (density * InverseRootTwoPi));
            bool newton = next > low && next < high && !(i % 5 == 4 && Math.Abs(excess) > 1e-3);
            if (Math.Abs(excess) < LastStep && newton)
            {
                return next;
            }

            x = newton ? next : NumericQuantile.Middle(low, high);
        }

        return x;
    }
}
