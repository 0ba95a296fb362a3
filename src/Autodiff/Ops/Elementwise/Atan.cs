namespace ProbNet.Autodiff;

/// <summary>y = arctan x in [−π/2, π/2]. dy/dx = 1/(1 + x²).</summary>
internal sealed class Atan : VectorUnaryOp<Atan.Kernel>
{
    public static readonly Atan Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (1 + x * x);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Atan<V, T>(x);
    }
}
