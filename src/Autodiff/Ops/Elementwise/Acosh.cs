namespace ProbNet.Autodiff;

/// <summary>y = arcosh x: NaN below 1. dy/dx = 1/√((x − 1)(x + 1)), which is +∞ at 1.</summary>
internal sealed class Acosh : VectorUnaryOp<Acosh.Kernel>
{
    public static readonly Acosh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * ((x - 1) * (x + 1)).Rsqrt();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Acosh<V, T>(x);
    }
}
