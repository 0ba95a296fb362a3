namespace ProbNet.Autodiff;

/// <summary>
/// y = a where a is above 0, else b·a: b is the slope. ∂y/∂a = 1 above 0, else b: b at 0 itself; ∂y/∂b = 0 above 0, else a.
/// </summary>
internal sealed class LeakyRelu : VectorBinaryOp<LeakyRelu.Kernel>
{
    public static readonly LeakyRelu Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => Tensor.Where(a > 0, dy, dy * b);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => Tensor.Where(a > 0, 0, dy * a);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Select(V.Greater(a, V.Zero), a, a * b);
    }
}
