using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>The numbers of one step. Each rule says in its formula which it uses, and as what.</summary>
internal readonly struct UpdateNumbers
{
    /// <summary>The factor of the step, bias correction included; negative, for the step goes down.</summary>
    public double Rate { get; init; }

    /// <summary>The factor of the gradient itself, where it enters the step beside the mean; not positive.</summary>
    public double GradientRate { get; init; }

    /// <summary>λ of an L2 penalty, whose gradient λ·w is added.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What a step leaves of a weight, apart from the gradient.</summary>
    public double Shrink { get; init; }

    /// <summary>The part of the mean that is kept.</summary>
    public double Kept1 { get; init; }

    /// <summary>The part of the gradient that is added to the mean.</summary>
    public double Added1 { get; init; }

    /// <summary>The part of the mean square that is kept.</summary>
    public double Kept2 { get; init; }

    /// <summary>The part of the squared gradient that is added to the mean square.</summary>
    public double Added2 { get; init; }

    /// <summary>The bias correction of the root mean square.</summary>
    public double Correction { get; init; }

    /// <summary>What keeps the division finite.</summary>
    public double Epsilon { get; init; }

    /// <summary>The numbers in every lane of a register.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly struct Lanes<V, T>(UpdateNumbers numbers)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public readonly V Rate = V.Constant(numbers.Rate);
        public readonly V GradientRate = V.Constant(numbers.GradientRate);
        public readonly V WeightDecay = V.Constant(numbers.WeightDecay);
        public readonly V Shrink = V.Constant(numbers.Shrink);
        public readonly V Kept1 = V.Constant(numbers.Kept1);
        public readonly V Added1 = V.Constant(numbers.Added1);
        public readonly V Kept2 = V.Constant(numbers.Kept2);
        public readonly V Added2 = V.Constant(numbers.Added2);
        public readonly V Correction = V.Constant(numbers.Correction);
        public readonly V Epsilon = V.Constant(numbers.Epsilon);
    }
}
