using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln(1 + x²), without overflow; dy/dx = 2x/(1 + x²).</summary>
internal sealed class Log1pSquare : ScalarUnaryOp
{
    public static Log1pSquare Instance { get; } = new();

    protected override double Map(double x)
    {
        double size = Math.Abs(x);
        return size < 1e8 ? Special.Log1p(size * size) : 2 * Math.Log(size);
    }

    // As 2/(x + 1/x) for large x, where x² may overflow.
    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor large = x.Abs() > 1;
        Tensor outer = Tensor.Where(large, x, 1.0), inner = Tensor.Where(large, 0.0, x);
        return 2 * dy * Tensor.Where(large, 1 / (outer + (1 / outer)), inner / (1 + inner.Square()));
    }
}
