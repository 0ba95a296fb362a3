namespace ProbNet.Autodiff;

/// <summary>
/// y = x with P(a, x) = p; here b stands for p. By the implicit function theorem, with the density f = f(a, y): ∂y/∂p = 1/f, ∂y/∂a =
/// −(∂P/∂a)(a, y)/f.
/// </summary>
internal sealed class GammaPInverse : ScalarBinaryOp
{
    public static readonly GammaPInverse Instance = new();

    protected override double Map(double a, double b) => Special.GammaPInverse(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * (GammaPShape.Instance.Apply(a, y) / GammaP.Density(a, y));

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy / GammaP.Density(a, y);
}
