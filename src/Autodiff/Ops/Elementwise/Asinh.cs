namespace ProbNet.Autodiff;

/// <summary>y = arsinh x. dy/dx = 1/√(1 + x²).</summary>
internal sealed class Asinh : VectorUnaryOp<Asinh.Kernel>
{
    public static readonly Asinh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (1 + x * x).Rsqrt();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Asinh<V, T>(x);
    }
}
