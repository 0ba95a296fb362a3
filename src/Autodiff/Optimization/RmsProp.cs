using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// s ← α·s + (1 − α)·g², w ← w − rate·g/(√s + ε) (Hinton 2012); centred, s − m² with m ← α·m + (1 − α)·g takes the place of s; with momentum,
/// b ← momentum·b + g/(√s + ε) is the step. PyTorch's RMSprop.
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly double _alpha;
    private readonly double _epsilon;
    private readonly bool _centered;
    private readonly double _momentum;
    private readonly double _weightDecay;
    private readonly string[] _buffers;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule.</param>
    /// <param name="alpha">The decay of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="centered">Whether to divide by the standard deviation of the gradient instead of its root mean square.</param>
    /// <param name="momentum">The part of the last step that is kept, in [0, 1).</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public RmsProp(
        Schedule learningRate, double alpha = 0.99, double epsilon = 1e-8, bool centered = false, double momentum = 0, double weightDecay = 0)
        : base(learningRate)
    {
        _alpha = HyperParameter.BelowOne(alpha, nameof(RmsProp), nameof(alpha));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(RmsProp), nameof(epsilon));
        _centered = centered;
        _momentum = HyperParameter.BelowOne(momentum, nameof(RmsProp), nameof(momentum));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(RmsProp), nameof(weightDecay));
        _buffers = centered ? ["meanSquare", "momentum", "mean"] : ["meanSquare", "momentum"];
    }

    /// <inheritdoc/>
    protected override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => _buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        Plan(state, learningRate)!.Value.Run(state, value, gradient, result);

    internal override UpdateStep? Plan(ParameterState state, double learningRate)
    {
        var numbers = new UpdateNumbers
        {
            Rate = -learningRate,
            WeightDecay = _weightDecay,
            Kept1 = _momentum,
            Kept2 = _alpha,
            Added2 = 1 - _alpha,
            Epsilon = _epsilon,
        };
        return new UpdateStep(_centered ? UpdateRule<CenteredRule>.Instance : UpdateRule<Rule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V square, ref V momentum, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            momentum = n.Average(n.Kept1, momentum, g / (V.Sqrt(square) + n.Epsilon));
            return V.MultiplyAdd(n.Rate, momentum, value);
        }
    }

    private readonly struct CenteredRule : IUpdateRule
    {
        public static int Buffers => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V square, ref V momentum, ref V mean)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            mean = n.Average(n.Kept2, mean, n.Added2 * g);
            V variance = square - (mean * mean);
            momentum = n.Average(n.Kept1, momentum, g / (V.Sqrt(variance) + n.Epsilon));
            return V.MultiplyAdd(n.Rate, momentum, value);
        }
    }
}
