namespace ProbNet.Autodiff;

/// <summary>
/// Adam with decoupled weight decay: the weights shrink by the factor 1 − rate·λ in each step, apart from the gradient (Loshchilov, Hutter 2019).
/// PyTorch's AdamW.
/// </summary>
public sealed class AdamW : Optimizer
{
    private static readonly string[] s_buffers = ["mean", "meanSquare"];
    private static readonly string[] s_amsGradBuffers = ["mean", "meanSquare", "largestMeanSquare"];

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly bool _amsGrad;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule; 0.001 if none is given.</param>
    /// <param name="beta1">The decay of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="weightDecay">λ: in each step a weight loses the part rate·λ.</param>
    /// <param name="amsGrad">Whether to divide by the largest mean square so far.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public AdamW(
        Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01, bool amsGrad = false)
        : base(learningRate ?? 1e-3)
    {
        _beta1 = HyperParameter.BelowOne(beta1, nameof(AdamW), nameof(beta1));
        _beta2 = HyperParameter.BelowOne(beta2, nameof(AdamW), nameof(beta2));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(AdamW), nameof(epsilon));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(AdamW), nameof(weightDecay));
        _amsGrad = amsGrad;
    }

    /// <inheritdoc/>
    protected override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => _amsGrad ? s_amsGradBuffers : s_buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        Plan(state, learningRate)!.Value.Run(state, value, gradient, result);

    internal override UpdateStep? Plan(ParameterState state, double learningRate) =>
        AdamRule.Next(state.Step, learningRate, _beta1, _beta2, _epsilon, l2: 0, shrink: 1 - (learningRate * _weightDecay), _amsGrad);
}
