namespace ProbNet.Autodiff;

/// <summary>y = eˣ. dy/dx = y.</summary>
internal sealed class Exp : VectorUnaryOp<Exp.Kernel>
{
    public static readonly Exp Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * y;

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Exp<V, T>(x);
    }
}
