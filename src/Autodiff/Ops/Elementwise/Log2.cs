namespace ProbNet.Autodiff;

/// <summary>y = log₂(x): NaN below 0, −∞ at 0. dy/dx = 1/(x ln 2).</summary>
internal sealed class Log2 : VectorUnaryOp<Log2.Kernel>
{
    public static readonly Log2 Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(2));

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log2<V, T>(x);
    }
}
