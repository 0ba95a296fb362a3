namespace ProbNet.Autodiff;

/// <summary>
/// y = b where a is above 0, else exactly 0: what relu does to a gradient. ∂y/∂b is the same selection; y does not change with a.
/// </summary>
internal sealed class PassWherePositive : VectorBinaryOp<PassWherePositive.Kernel>
{
    public static readonly PassWherePositive Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => PassWherePositive.Instance.Apply(a, dy);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Greater(a, V.Zero) & b;
    }
}
