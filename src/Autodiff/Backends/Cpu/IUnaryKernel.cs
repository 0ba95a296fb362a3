using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An elementwise function of one operand, written once for every SIMD width.</summary>
internal interface IUnaryKernel
{
    /// <summary>
    /// Whether the loop over floats in 512 bits takes two registers at a time (<see cref="LanesPair{L, T}"/>): it gains a fifth to a third for a chain of up to some
    /// forty instructions; longer functions exceed what the JIT inlines, and lose.
    /// </summary>
    static virtual bool Paired => false;

    static abstract V Apply<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
