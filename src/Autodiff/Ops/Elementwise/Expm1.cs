namespace ProbNet.Autodiff;

/// <summary>y = eˣ − 1, accurate near 0. dy/dx = eˣ, taken from x: y + 1 loses digits far below 0.</summary>
internal sealed class Expm1 : VectorUnaryOp<Expm1.Kernel>
{
    public static readonly Expm1 Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Exp();

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Expm1<V, T>(x);
    }
}
