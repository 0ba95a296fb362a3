namespace ProbNet.Autodiff;

/// <summary>y = x². dy/dx = 2x.</summary>
internal sealed class Square : VectorUnaryOp<Square.Kernel>
{
    public static readonly Square Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => 2 * x * dy;

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => x * x;
    }
}
