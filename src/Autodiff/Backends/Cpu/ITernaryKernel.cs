using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An elementwise function of three operands, written once for every SIMD width.</summary>
internal interface ITernaryKernel
{
    /// <summary>Whether a special function (<see cref="SpecialBlock{K}"/>) has a form for floats; else they go through double.</summary>
    static virtual bool TakesSingles => false;

    static abstract V Apply<V, T>(V a, V b, V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
