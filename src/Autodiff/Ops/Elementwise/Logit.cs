using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y = ln(x/(1 − x)), accurate around ½ and at both ends: −∞ at 0, +∞ at 1, NaN outside. dy/dx = 1/(x(1 − x)).</summary>
internal sealed class Logit : VectorUnaryOp<Logit.Kernel>
{
    public static readonly Logit Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (x * (1 - x));

    public readonly struct Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x)
        {
            // 1 − x is exact from ½ on, and so is 2x − 1 around ½.
            V one = V.Constant(1);
            V above = VectorMath.Log1p<V, T>((x + x - one) / (one - x));
            V below = VectorMath.Log<V, T>(x / (one - x));
            return V.Select(V.Less(x, V.Constant(0.25)), below, above);
        }
    }
}
