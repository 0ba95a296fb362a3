using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = λ(x − μ)²/(2μ²x), the exponent of the inverse Gaussian density; the arguments are x, μ and λ. ∂y/∂μ = −λ(x − μ)/μ³, in which nothing cancels where x is
/// far below μ, ∂y/∂x = λ(x² − μ²)/(2μ²x²), ∂y/∂λ = y/λ.
/// </summary>
internal sealed class InverseGaussianExponent : ScalarTernaryOp
{
    public static InverseGaussianExponent Instance { get; } = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        (Tensor x, Tensor loc, Tensor concentration) = (inputs[0], inputs[1], inputs[2]);
        Tensor distance = (x - loc) / loc;
        return dy * (index switch
        {
            0 => 0.5 * (concentration / x * distance) * ((1 / loc) + (1 / x)),
            1 => -(concentration / loc * distance / loc),
            _ => 0.5 * (distance / x * distance),
        });
    }

    protected override double Map(double a, double b, double c)
    {
        double distance = (a - b) / b;
        return 0.5 * (c / a * distance * distance);
    }
}
