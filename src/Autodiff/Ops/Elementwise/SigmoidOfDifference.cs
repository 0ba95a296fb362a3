namespace ProbNet.Autodiff;

/// <summary>
/// y = σ(a − b), and ½ for equal operands even if they are infinite: what ln(eᵃ + eᵇ) passes to a. ∂y/∂a = y(1 − y) = −∂y/∂b.
/// </summary>
internal sealed class SigmoidOfDifference : VectorBinaryOp<SigmoidOfDifference.Kernel>
{
    public static readonly SigmoidOfDifference Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => SigmoidGradient.Instance.Apply(y, dy);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -SigmoidGradient.Instance.Apply(y, dy);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => V.Select(V.Equal(a, b), V.Constant(0.5), VectorMath.Sigmoid<V, T>(a - b));
    }
}
