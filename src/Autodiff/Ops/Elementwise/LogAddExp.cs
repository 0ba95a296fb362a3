using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// y = ln(eᵃ + eᵇ) without overflow; −∞ and −∞ give −∞. ∂y/∂a = σ(a − b), ∂y/∂b = σ(b − a): half each for equal operands, infinite ones
/// too.
/// </summary>
internal sealed class LogAddExp : VectorBinaryOp<LogAddExp.Kernel>
{
    public static readonly LogAddExp Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * SigmoidOfDifference.Instance.Apply(a, b);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * SigmoidOfDifference.Instance.Apply(b, a);

    public readonly struct Kernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IBinaryKernel.Apply<V, T>(V a, V b)
        {
            V sum = V.Max(a, b) + VectorMath.Log1p<V, T>(VectorMath.Exp<V, T>(-V.Abs(a - b)));
            return V.Select(V.Equal(a, b), a + V.Constant(0.6931471805599453), sum);
        }
    }
}
