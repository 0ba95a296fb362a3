namespace ProbNet.Autodiff;

/// <summary>y = max(x, 0). dy/dx = 1 above 0, else 0: 0 at 0 itself.</summary>
internal sealed class Relu : VectorUnaryOp<Relu.Kernel>
{
    public static readonly Relu Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => PassWherePositive.Instance.Apply(x, dy);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Max(x, V.Zero);
    }
}
