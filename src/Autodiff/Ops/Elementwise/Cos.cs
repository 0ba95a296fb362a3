namespace ProbNet.Autodiff;

/// <summary>y = cos x, x in radians. dy/dx = −sin x.</summary>
internal sealed class Cos : VectorUnaryOp<Cos.Kernel>
{
    public static readonly Cos Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * x.Sin();

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Cos<V, T>(x);
    }
}
