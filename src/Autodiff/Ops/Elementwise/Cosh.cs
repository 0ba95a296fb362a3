namespace ProbNet.Autodiff;

/// <summary>y = cosh x. dy/dx = sinh x.</summary>
internal sealed class Cosh : VectorUnaryOp<Cosh.Kernel>
{
    public static readonly Cosh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Sinh();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Cosh<V, T>(x);
    }
}
