using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// y = a ln b, and 0 where a = 0 (unless b is NaN). ∂y/∂a = ln b, ∂y/∂b = a/b; both are taken as 0 where a = 0 and b ≤ 0.
/// </summary>
internal sealed class XLogY : VectorBinaryOp<XLogY.Kernel>
{
    public static readonly XLogY Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * Safe(a, b).Log();

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (a / Safe(a, b));

    private static Tensor Safe(Tensor a, Tensor b) => Tensor.Where(a.EqualTo(0) & (b <= 0), 1, b);

    public readonly struct Kernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IBinaryKernel.Apply<V, T>(V a, V b)
        {
            V product = a * VectorMath.Log<V, T>(b);
            return V.Select(V.AndNot(V.Equal(a, V.Zero), V.IsNaN(b)), V.Zero, product);
        }
    }
}
