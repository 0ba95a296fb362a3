using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A question about a number.</summary>
internal interface IPredicateKernel
{
    /// <summary>The mask of the lanes where it holds.</summary>
    static abstract V Apply<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
