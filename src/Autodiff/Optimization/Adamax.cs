using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), w ← w − rate/(1 − β₁ᵗ)·m/u in step t: Adam with the infinity norm (Kingma, Ba 2015, section 7).
/// PyTorch's Adamax.
/// </summary>
public sealed class Adamax : Optimizer
{
    private static readonly string[] s_buffers = ["mean", "largest"];

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule; 0.002 if none is given.</param>
    /// <param name="beta1">The decay of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the largest gradient, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public Adamax(
        Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate ?? 2e-3)
    {
        _beta1 = HyperParameter.BelowOne(beta1, nameof(Adamax), nameof(beta1));
        _beta2 = HyperParameter.BelowOne(beta2, nameof(Adamax), nameof(beta2));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(Adamax), nameof(epsilon));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(Adamax), nameof(weightDecay));
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
        var numbers = new UpdateNumbers
        {
            Rate = -learningRate / (1 - Math.Pow(_beta1, state.Step)),
            WeightDecay = _weightDecay,
            Kept1 = _beta1,
            Added1 = 1 - _beta1,
            Kept2 = _beta2,
            Epsilon = _epsilon,
        };
        return new UpdateStep(UpdateRule<Rule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V mean, ref V largest, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            mean = n.Average(n.Kept1, mean, n.Added1 * g);
            largest = V.Max(n.Kept2 * largest, V.Abs(g) + n.Epsilon);
            return value + (n.Rate * mean / largest);
        }
    }
}
