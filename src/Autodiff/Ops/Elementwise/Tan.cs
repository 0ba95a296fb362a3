namespace ProbNet.Autodiff;

/// <summary>y = tan x, x in radians. dy/dx = 1 + y².</summary>
internal sealed class Tan : VectorUnaryOp<Tan.Kernel>
{
    public static readonly Tan Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (1 + y * y);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Tan<V, T>(x);
    }
}
