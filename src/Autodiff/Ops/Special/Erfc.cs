namespace ProbNet.Autodiff;

/// <summary>y = erfc(x) = 1 − erf(x), with relative precision for large x. dy/dx = −2/√π e^(−x²).</summary>
internal sealed class Erfc : VectorUnaryOp<Erfc.Kernel>
{
    public static readonly Erfc Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (-Erf.TwoBySqrtPi * (-x * x).Exp());

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Erfc<V, T>(x);
    }
}
