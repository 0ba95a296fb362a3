namespace ProbNet.Autodiff;

/// <summary>y = arcsin x in [−π/2, π/2]: NaN outside of [−1, 1]. dy/dx = 1/√((1 − x)(1 + x)), which is +∞ at ±1.</summary>
internal sealed class Asin : VectorUnaryOp<Asin.Kernel>
{
    public static readonly Asin Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * ((1 - x) * (1 + x)).Rsqrt();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Asin<V, T>(x);
    }
}
