using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An elementwise function of two operands, written once for every SIMD width.</summary>
internal interface IBinaryKernel
{
    static abstract V Apply<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
