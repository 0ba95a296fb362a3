using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// ½·E|X − X′| of two independent counts, the part of the CRPS that does not depend on the observation: (1/2π)·∫₀^π (1 − |φ(t)|²)/(1 − cos t) dt with φ the
/// characteristic function, since ∫₀^π (1 − cos dt)/(1 − cos t) dt = π|d|. Where it has one, the integral is a hypergeometric function (Wei and Held 2014).
/// </summary>
internal static class CountDifference
{
    private const int Order = 16, MostPanels = 60;

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order);

    /// <summary>The integral, for parameters of type Float64 with an axis of length 1 behind them.</summary>
    /// <param name="complement">1 − |φ|² as a function of 1 − cos t.</param>
    /// <param name="unit">The angle below which the integrand no longer changes.</param>
    public static Tensor Half(Func<Tensor, Tensor> complement, Tensor unit)
    {
        Tensor finest = Gradient.Stop(unit);
        double least = finest.IsSymbolic || finest.Size == 0 ? 0 : finest.Min().ToScalar();
        int panels = least > 0 ? (int)Math.Clamp(Math.Ceiling(Math.Log2(Math.PI / least)) + 1, 1, MostPanels) : MostPanels;

        // Panels halve in length towards 0, the last but one as long as the last.
        double[] lift = new double[panels * Order], weights = new double[lift.Length];
        for (int i = 0; i < lift.Length; i++)
        {
            double high = Math.ScaleB(Math.PI, -(i / Order)), low = i / Order == panels - 1 ? 0 : 0.5 * high;
            double sine = Math.Sin(0.5 * (low + ((high - low) * s_rule.Abscissas[i % Order])));
            lift[i] = 2 * sine * sine;
            weights[i] = (high - low) * s_rule.Weights[i % Order] / (2 * Math.PI * lift[i]);
        }

        return (complement(Tensor.From(lift)) * Tensor.From(weights)).Sum(-1);
    }
}
