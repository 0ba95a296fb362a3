namespace ProbNet.Autodiff;

/// <summary>y = ∂P(a, x)/∂a; here b stands for x. ∂y/∂x = f(a, x)(ln x − ψ(a)) with the density f of Gamma(a, 1).</summary>
internal sealed class GammaPShape : ScalarBinaryOp
{
    public static readonly GammaPShape Instance = new();

    protected override double Map(double a, double b) => Special.GammaPShapeDerivative(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        throw new NotSupportedException("GammaP: its second derivative in the shape parameter a is not available; the first in a, and all orders in x, are.");

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy)
    {
        Tensor factor = Tensor.SafeWhere(b > 0, b, x => x.Log(), 0) - a.Digamma();
        return dy * (GammaP.Density(a, b) * factor);
    }
}
