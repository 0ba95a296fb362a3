namespace ProbNet.Autodiff;

/// <summary>y = ln(x): NaN below 0, −∞ at 0. dy/dx = 1/x.</summary>
internal sealed class Log : VectorUnaryOp<Log.Kernel>
{
    public static readonly Log Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / x;

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log<V, T>(x);
    }
}
