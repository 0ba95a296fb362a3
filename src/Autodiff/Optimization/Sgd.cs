using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Stochastic gradient descent, with momentum if wanted: b ← momentum·b + (1 − dampening)·g (b = g in the first step), w ← w − rate·b; with Nesterov
/// w ← w − rate·(g + momentum·b) (Sutskever et al. 2013). PyTorch's SGD.
/// </summary>
public sealed class Sgd : Optimizer
{
    private static readonly string[] s_momentumBuffer = ["momentum"];

    private readonly double _momentum;
    private readonly double _dampening;
    private readonly bool _nesterov;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule.</param>
    /// <param name="momentum">The part of the last step that is kept, in [0, 1).</param>
    /// <param name="dampening">The part of the gradient left out of the momentum, in [0, 1].</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum and no dampening.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    /// <exception cref="ArgumentException">Nesterov without momentum or with dampening.</exception>
    public Sgd(Schedule learningRate, double momentum = 0, double dampening = 0, bool nesterov = false, double weightDecay = 0)
        : base(learningRate)
    {
        _momentum = HyperParameter.BelowOne(momentum, nameof(Sgd), nameof(momentum));
        _dampening = HyperParameter.UnitInterval(dampening, nameof(Sgd), nameof(dampening));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(Sgd), nameof(weightDecay));
        _nesterov = nesterov && (momentum == 0 || dampening != 0)
            ? throw new ArgumentException("Sgd: Nesterov needs a momentum above 0 and a dampening of 0.", nameof(nesterov))
            : nesterov;
    }

    /// <inheritdoc/>
    protected override bool IsElementwise => true;

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => _momentum == 0 ? [] : s_momentumBuffer;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result) =>
        Plan(state, learningRate)!.Value.Run(state, value, gradient, result);

    internal override UpdateStep? Plan(ParameterState state, double learningRate)
    {
        bool first = state.Step == 1;
        var numbers = new UpdateNumbers
        {
            Rate = _nesterov ? -learningRate * _momentum : -learningRate,
            GradientRate = _nesterov ? -learningRate : 0,
            WeightDecay = _weightDecay,
            Kept1 = first ? 0 : _momentum,
            Added1 = first ? 1 : 1 - _dampening,
        };
        return new UpdateStep(_momentum == 0 ? UpdateRule<PlainRule>.Instance : UpdateRule<Rule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V momentum, ref V b, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            momentum = n.Average(n.Kept1, momentum, n.Added1 * g);
            return V.MultiplyAdd(n.Rate, momentum, V.MultiplyAdd(n.GradientRate, g, value));
        }
    }

    private readonly struct PlainRule : IUpdateRule
    {
        public static int Buffers => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V a, ref V b, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            return V.MultiplyAdd(n.Rate, g, value);
        }
    }
}
