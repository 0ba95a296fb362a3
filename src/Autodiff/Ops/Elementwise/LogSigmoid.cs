namespace ProbNet.Autodiff;

/// <summary>y = ln σ(x) = −ln(1 + e⁻ˣ), finite for every finite x. dy/dx = σ(−x).</summary>
internal sealed class LogSigmoid : VectorUnaryOp<LogSigmoid.Kernel>
{
    public static readonly LogSigmoid Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (-x).Sigmoid();

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => -VectorMath.Softplus<V, T>(-x);
    }
}
