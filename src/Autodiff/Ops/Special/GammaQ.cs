namespace ProbNet.Autodiff;

/// <summary>
/// y = Q(a, x) = 1 − P(a, x), with relative precision in the upper tail; here b stands for x. Its derivatives are minus those of P.
/// </summary>
internal sealed class GammaQ : ScalarBinaryOp
{
    public static readonly GammaQ Instance = new();

    protected override double Map(double a, double b) => Special.GammaQ(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * GammaPShape.Instance.Apply(a, b);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * GammaP.Density(a, b);
}
