using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = 1/x² − 1/sinh²(x), the derivative of Langevin's function: even, ⅓ at 0. dy/dx = 2·coth(x)/sinh²(x) − 2/x³.</summary>
internal sealed class LangevinSlope : ScalarUnaryOp
{
    public static LangevinSlope Instance { get; } = new();

    protected override double Map(double x)
    {
        double square = x * x, inverse = 1 / Math.Sinh(x);
        return Math.Abs(x) < 0.2
            ? (1 / 3.0) - (square * ((1 / 15.0) - (square * ((2 / 189.0) - (square * ((1 / 675.0) - (square * 2 / 10395)))))))
            : (1 / x / x) - (inverse * inverse);
    }

    // From y and L = coth x − 1/x: coth²x − 1 = 1/sinh²x, so that y′ = 2/sinh²x·(L + 1/x) − 2/x³ = 2·(L/sinh²x − y/x).
    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor near = x.Abs() < 0.05, safe = Tensor.Where(near, 1.0, x), flat = Tensor.Where(near, x, 0.0);
        Tensor exact = 2 * ((Langevin.Instance.Apply(safe) * ((1 / safe.Square()) - LangevinSlope.Instance.Apply(safe))) - (LangevinSlope.Instance.Apply(safe) / safe));
        return dy * Tensor.Where(near, flat * ((-2 / 15.0) + (flat.Square() * ((8 / 189.0) - (flat.Square() * (2 / 225.0))))), exact);
    }
}
