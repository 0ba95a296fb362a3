namespace ProbNet.Autodiff;

/// <summary>y = artanh x: ±∞ at ±1, NaN outside. dy/dx = 1/((1 − x)(1 + x)).</summary>
internal sealed class Atanh : VectorUnaryOp<Atanh.Kernel>
{
    public static readonly Atanh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / ((1 - x) * (1 + x));

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Atanh<V, T>(x);
    }
}
