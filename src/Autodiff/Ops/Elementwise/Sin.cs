namespace ProbNet.Autodiff;

/// <summary>y = sin x, x in radians. dy/dx = cos x.</summary>
internal sealed class Sin : VectorUnaryOp<Sin.Kernel>
{
    public static readonly Sin Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Cos();

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sin<V, T>(x);
    }
}
