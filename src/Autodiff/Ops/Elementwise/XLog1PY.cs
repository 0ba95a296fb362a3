using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// y = a ln(1 + b), accurate for small b, and 0 where a = 0 (unless b is NaN). ∂y/∂a = ln(1 + b), ∂y/∂b = a/(1 + b); both are taken as 0
/// where a = 0 and b ≤ −1.
/// </summary>
internal sealed class XLog1PY : VectorBinaryOp<XLog1PY.Kernel>
{
    public static readonly XLog1PY Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * Safe(a, b).Log1p();

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (a / (1 + Safe(a, b)));

    private static Tensor Safe(Tensor a, Tensor b) => Tensor.Where(a.EqualTo(0) & (b <= -1), 0, b);

    public readonly struct Kernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IBinaryKernel.Apply<V, T>(V a, V b)
        {
            V product = a * VectorMath.Log1p<V, T>(b);
            return V.Select(V.AndNot(V.Equal(a, V.Zero), V.IsNaN(b)), V.Zero, product);
        }
    }
}
