using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An elementwise function of one operand, written once for every SIMD width.</summary>
internal interface IUnaryKernel
{
    static abstract V Apply<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
