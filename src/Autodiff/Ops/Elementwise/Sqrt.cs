namespace ProbNet.Autodiff;

/// <summary>y = √x: NaN below 0. dy/dx = 1/(2y), which is +∞ at 0 (so dy = 0 gives NaN there: use SafeWhere).</summary>
internal sealed class Sqrt : VectorUnaryOp<Sqrt.Kernel>
{
    public static readonly Sqrt Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (2 * y);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Sqrt(x);
    }
}
