using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y = −x ln x, the entropy of one probability: 0 at 0, −∞ below. dy/dx = −(1 + ln x), which is +∞ at 0 and NaN below.</summary>
internal sealed class Entr : VectorUnaryOp<Entr.Kernel>
{
    public static readonly Entr Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * (1 + x.Log());

    public readonly struct Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x)
        {
            V outside = V.Select(V.Less(x, V.Zero), V.Constant(double.NegativeInfinity), x);
            return V.Select(V.Greater(x, V.Zero), -x * VectorMath.Log<V, T>(x), outside);
        }
    }
}
