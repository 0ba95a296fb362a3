using System.Numerics;

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
    protected override IReadOnlyList<string> BufferNames => _buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
    {
        var rule = new Rule<T>
        {
            Rate = UpdateLoop.All<T>(learningRate),
            WeightDecay = UpdateLoop.All<T>(_weightDecay),
            Kept = UpdateLoop.All<T>(_alpha),
            Added = UpdateLoop.All<T>(1 - _alpha),
            Epsilon = UpdateLoop.All<T>(_epsilon),
            Momentum = UpdateLoop.All<T>(_momentum),
            Centered = _centered,
        };
        UpdateLoop.Run(rule, state, value, gradient, result);
    }

    private struct Rule<T> : IUpdateRule<T> where T : unmanaged
    {
        public Vector<T> Rate, WeightDecay, Kept, Added, Epsilon, Momentum;
        public bool Centered;

        public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> square, ref Vector<T> momentum, ref Vector<T> mean)
        {
            Vector<T> g = gradient + (WeightDecay * value);
            square = (Kept * square) + (Added * g * g);
            Vector<T> variance = square;
            if (Centered)
            {
                mean = (Kept * mean) + (Added * g);
                variance -= mean * mean;
            }

            momentum = (Momentum * momentum) + (g / (Vector.SquareRoot(variance) + Epsilon));
            return value - (Rate * momentum);
        }
    }
}
