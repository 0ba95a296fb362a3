namespace ProbNet.Charts;

/// <summary>The binomial distribution, for the bands of histograms.</summary>
internal static class Binomial
{
    /// <summary>The smallest k with P(K ≤ k) ≥ <paramref name="level"/>, by summing the masses from their recurrence in log space.</summary>
    public static int Quantile(int trials, double probability, double level)
    {
        double odds = Math.Log(probability) - Math.Log(1 - probability);
        double logMass = trials * Math.Log(1 - probability);
        double cumulative = Math.Exp(logMass);
        int k = 0;
        while (cumulative < level && k < trials)
        {
            logMass += Math.Log((double)(trials - k) / (k + 1)) + odds;
            k++;
            cumulative += Math.Exp(logMass);
        }
        return k;
    }
}
