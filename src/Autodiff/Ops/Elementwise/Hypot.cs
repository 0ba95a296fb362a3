using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y = √(a² + b²) without overflow. ∂y/∂a = a/y, ∂y/∂b = b/y; both are taken as 0 at the origin.</summary>
internal sealed class Hypot : VectorBinaryOp<Hypot.Kernel>
{
    public static readonly Hypot Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (a / Tensor.Where(y.EqualTo(0), 1, y));

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (b / Tensor.Where(y.EqualTo(0), 1, y));

    public readonly struct Kernel : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IBinaryKernel.Apply<V, T>(V a, V b)
        {
            V large = V.Max(V.Abs(a), V.Abs(b)), small = V.Min(V.Abs(a), V.Abs(b));
            V ratio = small / large;
            V length = large * V.Sqrt(V.MultiplyAdd(ratio, ratio, V.Constant(1)));

            // 0/0 and ∞/∞: the length is the larger side.
            V degenerate = V.Equal(large, V.Zero) | V.Equal(large, V.Constant(double.PositiveInfinity));
            return V.Select(degenerate, large, length);
        }
    }
}
