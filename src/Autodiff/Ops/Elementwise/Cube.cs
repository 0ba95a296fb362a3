namespace ProbNet.Autodiff;

/// <summary>y = x³. dy/dx = 3x².</summary>
internal sealed class Cube : VectorUnaryOp<Cube.Kernel>
{
    public static readonly Cube Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (3 * x.Square());

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => x * x * x;
    }
}
