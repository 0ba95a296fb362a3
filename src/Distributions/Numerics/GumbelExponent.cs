using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = x − eˣ, the log density of a Gumbel distribution at −x; dy/dx = −(eˣ − 1), which does not cancel near the mode.</summary>
internal sealed class GumbelExponent : VectorUnaryOp<GumbelExponent.Kernel>
{
    public static GumbelExponent Instance { get; } = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * x.Expm1();

    public readonly struct Kernel : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static V IUnaryKernel.Apply<V, T>(V x) => x - VectorMath.Exp<V, T>(x);
    }
}
