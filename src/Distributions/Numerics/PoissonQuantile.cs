using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The smallest k with P(K ≤ k) ≥ p, by bracketing from the Normal approximation and bisection. A probability that is F(k) up to the rounding of its type
/// gives k.
/// </summary>
internal sealed class PoissonQuantile(double rounding) : SpecialOp
{
    public override bool IsDifferentiable => false;

    public override double Map(double rate, double p, double c)
    {
        if (!(p >= 0 && p <= 1) || double.IsNaN(rate))
        {
            return double.NaN;
        }

        if (p == 1)
        {
            return rate == 0 ? 0 : double.PositiveInfinity;
        }

        // k = −1 fails for p > 0; from there up the condition is monotone.
        double root = Math.Sqrt(rate), guess = Math.Max(0, Math.Floor(rate + (root * Special.NormalQuantile(p))));
        guess = double.IsFinite(guess) ? guess : 0;
        double below = -1, above, step = Math.Max(1, Math.Floor(0.1 * root));
        if (Reaches(guess, rate, p))
        {
            for (above = guess; above - step > below && Reaches(above - step, rate, p); step *= 2)
            {
                above -= step;
            }

            below = Math.Max(below, above - step);
        }
        else
        {
            for (below = guess; !Reaches(below + step, rate, p); step *= 2)
            {
                below += step;
            }

            above = below + step;
        }

        while (above - below > 1)
        {
            double middle = Math.Floor(0.5 * (above + below));
            (below, above) = Reaches(middle, rate, p) ? (below, middle) : (middle, above);
        }

        return above;
    }

    public override double Step(int index, double a, double b, double c) => 0;

    private bool Reaches(double k, double rate, double p) => p <= 0.5
        ? Special.GammaQ(k + 1, rate) >= p * (1 - (4 * rounding))
        : Special.GammaP(k + 1, rate) <= (1 - p) + (4 * rounding * p);
}
