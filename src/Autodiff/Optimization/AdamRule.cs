using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The update that Adam and AdamW share: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w·shrink − rate·m/(√v·c + ε), where the rate and c hold the
/// bias corrections; with AMSGrad the largest v so far stands in for v.
/// </summary>
internal readonly struct AdamRule : IUpdateRule
{
    /// <summary>An ε that single precision still holds.</summary>
    private const double LeastEpsilon = 1e-30;

    public static int Buffers => 2;

    /// <summary>The rule in step t.</summary>
    public static UpdateStep Next(
        long t, double rate, double beta1, double beta2, double epsilon, double l2, double shrink, bool amsGrad)
    {
        var numbers = new UpdateNumbers
        {
            Rate = -rate / (1 - Math.Pow(beta1, t)),
            WeightDecay = l2,
            Shrink = shrink,
            Kept1 = beta1,
            Added1 = 1 - beta1,
            Kept2 = beta2,
            Added2 = 1 - beta2,
            Correction = 1 / Math.Sqrt(1 - Math.Pow(beta2, t)),
            Epsilon = epsilon,
        };
        return new(amsGrad ? UpdateRule<LargestSquare>.Instance : UpdateRule<AdamRule>.Instance, numbers);
    }

    // The mean is between the largest one and the gradient; the root is not negative, and squares that overflow make the step 0.
    public static double LargestWeight(in UpdateNumbers numbers, Largest before)
    {
        double gradient = before.Gradient + (numbers.WeightDecay * before.Weight);
        double mean = Math.Max(before.State, gradient);
        return numbers.Epsilon >= LeastEpsilon && numbers.Kept2 > 0
            ? Math.Max((Math.Abs(numbers.Shrink) * before.Weight) + (Math.Abs(numbers.Rate) * mean / Math.Min(1, numbers.Epsilon)), gradient)
            : double.PositiveInfinity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V mean, ref V square, ref V c)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
        mean = n.Average(n.Kept1, mean, n.Added1 * g);
        square = n.Average(n.Kept2, square, n.Added2 * g * g);
        V step = n.Rate * mean / V.MultiplyAdd(V.Sqrt(square), n.Correction, n.Epsilon);
        return V.MultiplyAdd(value, n.Shrink, step);
    }

    private readonly struct LargestSquare : IUpdateRule
    {
        public static int Buffers => 3;

        public static double LargestWeight(in UpdateNumbers numbers, Largest before) => AdamRule.LargestWeight(in numbers, before);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V mean, ref V square, ref V largest)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            mean = n.Average(n.Kept1, mean, n.Added1 * g);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            largest = V.Max(largest, square);
            V step = n.Rate * mean / V.MultiplyAdd(V.Sqrt(largest), n.Correction, n.Epsilon);
            return V.MultiplyAdd(value, n.Shrink, step);
        }
    }
}
