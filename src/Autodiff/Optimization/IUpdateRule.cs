using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An optimizer's update of a vector of weights, with up to three vectors of state.</summary>
internal interface IUpdateRule
{
    /// <summary>How many vectors of state there are.</summary>
    static abstract int Buffers { get; }

    /// <summary>The new weights; the state vectors are changed in place, and those that the rule does not have are zero.</summary>
    static abstract V Next<V, T>(in UpdateNumbers.Lanes<V, T> numbers, V value, V gradient, ref V a, ref V b, ref V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
