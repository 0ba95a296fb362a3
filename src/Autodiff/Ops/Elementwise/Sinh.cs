namespace ProbNet.Autodiff;

/// <summary>y = sinh x. dy/dx = cosh x.</summary>
internal sealed class Sinh : VectorUnaryOp<Sinh.Kernel>
{
    public static readonly Sinh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Cosh();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sinh<V, T>(x);
    }
}
