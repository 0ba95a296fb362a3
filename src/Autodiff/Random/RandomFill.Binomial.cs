namespace ProbNet.Autodiff;

/// <content>Binomial variates, by inversion and rejection.</content>
internal static partial class RandomFill
{
    /// <summary>
    /// Binomial counts: by inversion of one uniform where fewer than 10 are expected of the rarer outcome, by transformed rejection with squeeze above (BTRS;
    /// Hörmann 1993). NaN where the number of trials is not a whole number or the probability is not in [0, 1].
    /// </summary>
    public static void Binomial(RandomKey key, ReadOnlySpan<double> count, ReadOnlySpan<double> probability, Span<double> destination, long offset = 0)
    {
        CheckOffset(offset);
        CheckLengths(nameof(Binomial), count.Length, destination.Length);
        KeyBits bits = key.Bits;
        Span<KeyBits> tries = stackalloc KeyBits[CachedTries];
        FoldTries(bits, tries);
        for (int i = 0; i < destination.Length; i++)
        {
            double n = count[i], p = probability[i];
            if (!(n >= 0 && n < double.PositiveInfinity && n == Math.Floor(n) && p is >= 0 and <= 1))
            {
                destination[i] = double.NaN;
                continue;
            }

            // The rarer outcome is drawn, and the other is the rest.
            ulong index = (ulong)(offset + i);
            double rare = Math.Min(p, 1 - p);
            double drawn = n * rare < 10 ? BinomialByInversion(Block(tries[0], index).Low, n, rare) : BinomialByRejection(bits, tries, n, rare, index);
            destination[i] = p <= 0.5 ? drawn : n - drawn;
        }
    }

    private static double BinomialByInversion(ulong bits, double n, double p)
    {
        double u = (bits >> 11) * InverseTwoTo53, odds = p / (1 - p);
        double mass = Math.Exp(n * Special.Log1p(-p)), cdf = mass, count = 0;
        while (u >= cdf && count < n && (count < n * p || mass > 1e-20))
        {
            mass *= odds * (n - count) / (count + 1);
            count++;
            cdf += mass;
        }

        return count;
    }

    private static double BinomialByRejection(KeyBits key, ReadOnlySpan<KeyBits> tries, double n, double p, ulong index)
    {
        double deviation = Math.Sqrt(n * p * (1 - p)), b = 1.15 + 2.53 * deviation;
        double a = -0.0873 + 0.0248 * b + 0.01 * p, squeeze = 0.92 - 4.2 / b, alpha = (2.83 + 5.1 / b) * deviation;
        double mode = Math.Floor((n + 1) * p), peak = LogMass(mode);
        for (int j = 0; ; j++)
        {
            (ulong low, ulong high) = Block(Try(key, tries, j), index);
            double u = (low >> 11) * InverseTwoTo53 - 0.5;
            double v = ((high >> 11) + 0.5) * InverseTwoTo53;
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + n * p + 0.5);
            if (us >= 0.07 && v <= squeeze)
            {
                return k;
            }

            if (k >= 0 && k <= n && Math.Log(v * alpha / (a / (us * us) + b)) <= LogMass(k) - peak)
            {
                return k;
            }
        }

        // Up to a constant: the product of two Poisson masses.
        double LogMass(double k) => Special.PoissonLogMass(k, n * p) + Special.PoissonLogMass(n - k, n * (1 - p));
    }
}
