using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Rectified Adam (Liu et al. 2020): while the variance of the adaptive rate has no finite value (ρₜ ≤ 5), w ← w − rate·m̂; afterwards
/// w ← w − rate·rₜ·m̂·√(1 − β₂ᵗ)/(√v + ε), where rₜ = √[(ρₜ − 4)(ρₜ − 2)ρ∞/((ρ∞ − 4)(ρ∞ − 2)ρₜ)], ρ∞ = 2/(1 − β₂) − 1 and ρₜ = ρ∞ − 2tβ₂ᵗ/(1 − β₂ᵗ).
/// PyTorch's RAdam.
/// </summary>
public sealed class RAdam : Optimizer
{
    private static readonly string[] s_buffers = ["mean", "meanSquare"];

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule; 0.001 if none is given.</param>
    /// <param name="beta1">The decay of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public RAdam(
        Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate ?? 1e-3)
    {
        _beta1 = HyperParameter.BelowOne(beta1, nameof(RAdam), nameof(beta1));
        _beta2 = HyperParameter.BelowOne(beta2, nameof(RAdam), nameof(beta2));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(RAdam), nameof(epsilon));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(RAdam), nameof(weightDecay));
    }

    /// <inheritdoc/>
    protected override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => s_buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        Plan(state, learningRate)!.Value.Run(state, value, gradient, result);

    internal override UpdateStep? Plan(ParameterState state, double learningRate)
    {
        double power = Math.Pow(_beta2, state.Step), limit = (2 / (1 - _beta2)) - 1;
        double length = limit - (2 * state.Step * power / (1 - power));
        bool rectified = length > 5;
        double step = learningRate / (1 - Math.Pow(_beta1, state.Step));
        if (rectified)
        {
            step *= Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)) * Math.Sqrt(1 - power);
        }

        var numbers = new UpdateNumbers
        {
            Rate = -step,
            WeightDecay = _weightDecay,
            Kept1 = _beta1,
            Added1 = 1 - _beta1,
            Kept2 = _beta2,
            Added2 = 1 - _beta2,
            Epsilon = _epsilon,
        };
        return new UpdateStep(rectified ? UpdateRule<Rule>.Instance : UpdateRule<PlainRule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V mean, ref V square, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            mean = n.Average(n.Kept1, mean, n.Added1 * g);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            return value + (n.Rate * mean / (V.Sqrt(square) + n.Epsilon));
        }
    }

    private readonly struct PlainRule : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V mean, ref V square, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            mean = n.Average(n.Kept1, mean, n.Added1 * g);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            return V.MultiplyAdd(n.Rate, mean, value);
        }
    }
}
