using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The quantile of a distribution given by a <see cref="TailOp"/>: Newton's method on the logarithm of the smaller tail within a bracket. A value only:
/// <see cref="ImplicitGradient"/> differentiates. The arguments are the shape and the probability.
/// </summary>
internal sealed class TailQuantile(TailOp tail) : SpecialOp
{
    private const int MaxIterations = 200;

    public override bool IsDifferentiable => false;

    public override string Name => $"{tail.Name}, inverse";

    public override double Map(double shape, double p, double c)
    {
        if (!(p > 0 && p < 1) || double.IsNaN(shape))
        {
            return double.NaN;
        }

        bool upper = p > 0.5;
        double target = upper ? Special.Log1p(-p) : Math.Log(p);
        (double low, double high) = tail.Bracket(shape, p);
        double x = NumericQuantile.Middle(low, high);
        for (int i = 0; i < MaxIterations && x > low && x < high; i++)
        {
            double log = tail.LogTail(upper, shape, x), excess = upper ? target - log : log - target;
            (low, high) = excess < 0 ? (x, high) : (low, x);
            double next = x - (excess * Math.Exp(log - tail.LogDensity(shape, x)));
            bool newton = next > low && next < high;
            next = newton ? next : NumericQuantile.Middle(low, high);

            // Newton's steps square the error: a small one is the last.
            if (newton && (Math.Abs(next - x) <= 1e-16 * Math.Abs(next) || Math.Abs(excess) < 1e-9))
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    public override double Step(int index, double shape, double p, double c) => 0;
}
