using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An optimizer's update of a vector of weights, with up to three vectors of state.</summary>
internal interface IUpdateRule
{
    /// <summary>How many vectors of state there are.</summary>
    static abstract int Buffers { get; }

    /// <summary>
    /// A number that no new weight exceeds in magnitude, with the old weights, their gradients and the first vector of state within theirs, nor any product on the way;
    /// infinity for a rule that knows none. Weights that it keeps in the range of the type are finite before they are computed, and may be written over the old ones.
    /// </summary>
    static virtual double LargestWeight(in UpdateNumbers numbers, Largest before) => double.PositiveInfinity;

    /// <summary>The new weights; the state vectors are changed in place, and those that the rule does not have are zero.</summary>
    static abstract V Next<V, T>(in UpdateNumbers.Lanes<V, T> numbers, V value, V gradient, ref V a, ref V b, ref V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
