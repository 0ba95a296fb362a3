namespace ProbNet.Autodiff;

/// <summary>y = x/6 + ½, limited to [0, 1]. dy/dx = 1/6 for −3 &lt; x &lt; 3, else 0: 0 at ±3.</summary>
internal sealed class HardSigmoid : VectorUnaryOp<HardSigmoid.Kernel>
{
    public static readonly HardSigmoid Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => Tensor.Where((x > -3) & (x < 3), dy / 6, 0);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Min(V.Max(x + V.Constant(3), V.Zero), V.Constant(6)) / V.Constant(6);
    }
}
