using System.Numerics;

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
    protected override IReadOnlyList<string> BufferNames => _momentum == 0 ? [] : s_momentumBuffer;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
    {
        bool first = state.Step == 1;
        var rule = new Rule<T>
        {
            Rate = UpdateLoop.All<T>(learningRate),
            WeightDecay = UpdateLoop.All<T>(_weightDecay),
            Momentum = UpdateLoop.All<T>(_momentum),
            Kept = UpdateLoop.All<T>(first ? 0 : _momentum),
            Added = UpdateLoop.All<T>(first ? 1 : 1 - _dampening),
            Nesterov = _nesterov,
        };
        UpdateLoop.Run(rule, state, value, gradient, result);
    }

    private struct Rule<T> : IUpdateRule<T> where T : unmanaged
    {
        public Vector<T> Rate, WeightDecay, Momentum, Kept, Added;
        public bool Nesterov;

        public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> momentum, ref Vector<T> b, ref Vector<T> c)
        {
            Vector<T> g = gradient + (WeightDecay * value);
            momentum = (Kept * momentum) + (Added * g);
            return value - (Rate * (Nesterov ? g + (Momentum * momentum) : momentum));
        }
    }
}
