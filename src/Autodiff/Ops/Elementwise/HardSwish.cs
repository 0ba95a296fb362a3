namespace ProbNet.Autodiff;

/// <summary>
/// y = x times the hard sigmoid of x (Howard et al. 2019). dy/dx = x/3 + ½ for −3 &lt; x &lt; 3; 0 up to −3, 1 from 3 on.
/// </summary>
internal sealed class HardSwish : VectorUnaryOp<HardSwish.Kernel>
{
    public static readonly HardSwish Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => Tensor.Where(x <= -3, 0, Tensor.Where(x >= 3, dy, dy * (x / 3 + 0.5)));

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => x * V.Min(V.Max(x + V.Constant(3), V.Zero), V.Constant(6)) / V.Constant(6);
    }
}
