namespace ProbNet.Autodiff;

/// <summary>y = arccos x in [0, π]: NaN outside of [−1, 1]. dy/dx = −1/√((1 − x)(1 + x)), which is −∞ at ±1.</summary>
internal sealed class Acos : VectorUnaryOp<Acos.Kernel>
{
    public static readonly Acos Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * ((1 - x) * (1 + x)).Rsqrt();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Acos<V, T>(x);
    }
}
