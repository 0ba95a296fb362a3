using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// s ← s + g², w ← w − rate/(1 + (t − 1)·rateDecay) · g/(√s + ε) in step t (Duchi, Hazan, Singer 2011). PyTorch's Adagrad.
/// </summary>
public sealed class AdaGrad : Optimizer
{
    private static readonly string[] s_buffers = ["sum"];

    private readonly double _rateDecay;
    private readonly double _weightDecay;
    private readonly double _initialSum;
    private readonly double _epsilon;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule.</param>
    /// <param name="rateDecay">A decay of the rate with the steps.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <param name="initialSum">Where the sum of squares starts.</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public AdaGrad(Schedule learningRate, double rateDecay = 0, double weightDecay = 0, double initialSum = 0, double epsilon = 1e-10)
        : base(learningRate)
    {
        _rateDecay = HyperParameter.NonNegative(rateDecay, nameof(AdaGrad), nameof(rateDecay));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(AdaGrad), nameof(weightDecay));
        _initialSum = HyperParameter.NonNegative(initialSum, nameof(AdaGrad), nameof(initialSum));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(AdaGrad), nameof(epsilon));
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
            Rate = -learningRate / (1 + ((state.Step - 1) * _rateDecay)),
            WeightDecay = _weightDecay,
            Epsilon = _epsilon,
            Start = state.Step == 1 ? _initialSum : 0,
        };
        return new UpdateStep(UpdateRule<Rule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V sum, ref V b, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            sum = V.MultiplyAdd(g, g, sum + n.Start);
            return value + (n.Rate * g / (V.Sqrt(sum) + n.Epsilon));
        }
    }
}
