namespace ProbNet.Distributions;

/// <summary>
/// The triangular distribution of greatest likelihood. Between given ends the peak is at one of the observations (van Dorp and Kotz 2002), which a pass over them
/// finds; the ends are found by a simplex search (Nelder and Mead 1965), since the likelihood has a kink wherever the peak moves on.
/// </summary>
internal static class TriangularLikelihood
{
    private const int Steps = 400;

    /// <summary>Low, high and peak.</summary>
    public static double[] Estimate(Observations x)
    {
        (double Value, double Weight)[] sorted = [.. x.Ascending()];
        double least = x.Min, most = x.Max, range = most - least;
        double[] cumulative = new double[sorted.Length];

        // The ends are as far beyond the data as the exponentials of the two coordinates say, in units of the range.
        (double U, double V, double Height)[] simplex = [At(-2, -2), At(-1, -2), At(-2, -1)];
        for (int k = 0; k < Steps; k++)
        {
            Array.Sort(simplex, (a, b) => b.Height.CompareTo(a.Height));
            (double U, double V, double Height) best = simplex[0], second = simplex[1], worst = simplex[2];
            if (Math.Abs(worst.U - best.U) + Math.Abs(worst.V - best.V) + Math.Abs(second.U - best.U) + Math.Abs(second.V - best.V) < 1e-9)
            {
                break;
            }

            double u = 0.5 * (best.U + second.U), v = 0.5 * (best.V + second.V);
            (double U, double V, double Height) reflected = Along(1);
            if (reflected.Height > best.Height)
            {
                (double U, double V, double Height) further = Along(2);
                simplex[2] = further.Height > reflected.Height ? further : reflected;
            }
            else if (reflected.Height > second.Height)
            {
                simplex[2] = reflected;
            }
            else
            {
                (double U, double V, double Height) inner = Along(reflected.Height > worst.Height ? 0.5 : -0.5);
                if (inner.Height > Math.Max(reflected.Height, worst.Height))
                {
                    simplex[2] = inner;
                }
                else
                {
                    simplex[1] = At(0.5 * (best.U + second.U), 0.5 * (best.V + second.V));
                    simplex[2] = At(0.5 * (best.U + worst.U), 0.5 * (best.V + worst.V));
                }
            }

            (double U, double V, double Height) Along(double step) => At(u + (step * (u - worst.U)), v + (step * (v - worst.V)));
        }

        Array.Sort(simplex, (a, b) => b.Height.CompareTo(a.Height));
        (double low, double high) = Ends(simplex[0].U, simplex[0].V);
        return [low, high, Peak(low, high).At];

        (double, double) Ends(double u, double v) => (least - (range * Math.Exp(Math.Clamp(u, -30, 10))), most + (range * Math.Exp(Math.Clamp(v, -30, 10))));

        (double U, double V, double Height) At(double u, double v)
        {
            (double low, double high) = Ends(u, v);
            return (u, v, Peak(low, high).Height);
        }

        // The mean log likelihood up to a constant, for the best of all observations as a peak.
        (double Height, double At) Peak(double low, double high)
        {
            double above = 0, weight = 0;
            for (int i = sorted.Length - 1; i >= 0; i--)
            {
                cumulative[i] = above - (weight == 0 ? 0 : weight * Math.Log(high - sorted[i].Value));
                above += sorted[i].Weight * Math.Log(high - sorted[i].Value);
                weight += sorted[i].Weight;
            }

            (double Height, double At) best = (double.NegativeInfinity, sorted[0].Value);
            double below = 0;
            weight = 0;
            for (int i = 0; i < sorted.Length; i++)
            {
                double log = Math.Log(sorted[i].Value - low), height = below - (weight == 0 ? 0 : weight * log) + cumulative[i];
                best = height > best.Height ? (height, sorted[i].Value) : best;
                below += sorted[i].Weight * log;
                weight += sorted[i].Weight;
            }

            return ((best.Height / x.Total) - Math.Log(high - low), best.At);
        }
    }
}
