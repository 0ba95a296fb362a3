using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Adam with Nesterov momentum (Dozat 2016): with μₜ = β₁(1 − ½·0.96^(t·momentumDecay)) and Pₜ = Π μᵢ, i ≤ t,
/// w ← w − rate·[(1 − μₜ)/(1 − Pₜ)·g + μₜ₊₁/(1 − Pₜ₊₁)·m]/(√v̂ + ε). PyTorch's NAdam from version 2.0 on.
/// </summary>
public sealed class NAdam : Optimizer
{
    private static readonly string[] s_buffers = ["mean", "meanSquare"];

    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;
    private readonly double _momentumDecay;
    private readonly bool _asPyTorch1;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule; 0.002 if none is given.</param>
    /// <param name="beta1">The decay of the mean gradient, in [0, 1).</param>
    /// <param name="beta2">The decay of the mean square, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <param name="momentumDecay">How fast the momentum rises from ½β₁ to β₁.</param>
    /// <param name="asPyTorch1">Whether to repeat runs of PyTorch 1.x, which took Pₜ·μₜ·μₜ₊₁ for Pₜ₊₁: the momentum of the step counted twice.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public NAdam(
        Schedule? learningRate = null, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 0.004,
        bool asPyTorch1 = false)
        : base(learningRate ?? 2e-3)
    {
        _beta1 = HyperParameter.BelowOne(beta1, nameof(NAdam), nameof(beta1));
        _beta2 = HyperParameter.BelowOne(beta2, nameof(NAdam), nameof(beta2));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(NAdam), nameof(epsilon));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(NAdam), nameof(weightDecay));
        _momentumDecay = HyperParameter.NonNegative(momentumDecay, nameof(NAdam), nameof(momentumDecay));
        _asPyTorch1 = asPyTorch1;
    }

    /// <inheritdoc/>
    protected override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => s_buffers;

    /// <summary>One number: the product of the momenta so far.</summary>
    protected override int ScalarCount => 1;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        Plan(state, learningRate)!.Value.Run(state, value, gradient, result);

    internal override UpdateStep? Plan(ParameterState state, double learningRate)
    {
        double mu = Momentum(state.Step), next = Momentum(state.Step + 1);
        double product = state.Scalars[0] = (state.Step == 1 ? 1 : state.Scalars[0]) * mu;
        double nextProduct = product * next * (_asPyTorch1 ? mu : 1);
        var numbers = new UpdateNumbers
        {
            Rate = -learningRate * next / (1 - nextProduct),
            GradientRate = -learningRate * (1 - mu) / (1 - product),
            WeightDecay = _weightDecay,
            Kept1 = _beta1,
            Added1 = 1 - _beta1,
            Kept2 = _beta2,
            Added2 = 1 - _beta2,
            Correction = 1 / Math.Sqrt(1 - Math.Pow(_beta2, state.Step)),
            Epsilon = _epsilon,
        };
        return new UpdateStep(UpdateRule<Rule>.Instance, numbers);
    }

    private double Momentum(long step) => _beta1 * (1 - (0.5 * Math.Pow(0.96, step * _momentumDecay)));

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
            V step = V.MultiplyAdd(n.GradientRate, g, n.Rate * mean);
            return value + (step / V.MultiplyAdd(V.Sqrt(square), n.Correction, n.Epsilon));
        }
    }
}
