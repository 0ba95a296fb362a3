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

    /// <summary>What the state starts from: added to it in the first step, 0 in the others.</summary>
    public double Start { get; init; }

    /// <summary>The numbers in the order in which a program names them.</summary>
    public double this[int index] => index switch
    {
        0 => Rate,
        1 => GradientRate,
        2 => WeightDecay,
        3 => Shrink,
        4 => Kept1,
        5 => Added1,
        6 => Kept2,
        7 => Added2,
        8 => Correction,
        9 => Epsilon,
        _ => Start,
    };

    /// <summary>The numbers in every lane of a register.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly struct Lanes<V, T>(UpdateNumbers numbers)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public readonly V Rate = V.Argument(0, numbers.Rate);
        public readonly V GradientRate = V.Argument(1, numbers.GradientRate);
        public readonly V WeightDecay = V.Argument(2, numbers.WeightDecay);
        public readonly V Shrink = V.Argument(3, numbers.Shrink);
        public readonly V Kept1 = V.Argument(4, numbers.Kept1);
        public readonly V Added1 = V.Argument(5, numbers.Added1);
        public readonly V Kept2 = V.Argument(6, numbers.Kept2);
        public readonly V Added2 = V.Argument(7, numbers.Added2);
        public readonly V Correction = V.Argument(8, numbers.Correction);
        public readonly V Epsilon = V.Argument(9, numbers.Epsilon);
        public readonly V Start = V.Argument(10, numbers.Start);

        // The smallest normal number.
        private readonly V _least = V.Constant(typeof(T) == typeof(float) ? 1.1754943508222875e-38 : 2.2250738585072014e-308);

        /// <summary>
        /// kept·average + change, the next value of a decaying average; 0 where that is subnormal. Processors take a hundred times as long for subnormal numbers, and an average
        /// whose gradients have become zero would stay one: 0.9 times the smallest of them rounds to itself.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Average(V kept, V average, V change)
        {
            V next = V.MultiplyAdd(kept, average, change);
            return V.Select(V.Less(V.Abs(next), _least), V.Zero, next);
        }
    }
}
