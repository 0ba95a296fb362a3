namespace ProbNet.Autodiff;

/// <summary>
/// y = P(a, x) = γ(a, x)/Γ(a), the distribution function of Gamma(a, 1); here b stands for x. ∂y/∂x is the density x^(a−1) e^(−x)/Γ(a).
/// </summary>
internal sealed class GammaP : ScalarBinaryOp
{
    public static readonly GammaP Instance = new();

    protected override double Map(double a, double b) => Special.GammaP(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * GammaPShape.Instance.Apply(a, b);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * Density(a, b);

    /// <summary>The density of Gamma(a, 1) at x.</summary>
    public static Tensor Density(Tensor a, Tensor x) => (Tensor.XLogY(a - 1, x) - x - a.LogGamma()).Exp();
}
