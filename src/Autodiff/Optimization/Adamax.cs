using System.Numerics;

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
    protected override IReadOnlyList<string> BufferNames => s_buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
    {
        var rule = new Rule<T>
        {
            Step = UpdateLoop.All<T>(learningRate / (1 - Math.Pow(_beta1, state.Step))),
            WeightDecay = UpdateLoop.All<T>(_weightDecay),
            Kept1 = UpdateLoop.All<T>(_beta1),
            Added1 = UpdateLoop.All<T>(1 - _beta1),
            Kept2 = UpdateLoop.All<T>(_beta2),
            Epsilon = UpdateLoop.All<T>(_epsilon),
        };
        UpdateLoop.Run(rule, state, value, gradient, result);
    }

    private struct Rule<T> : IUpdateRule<T> where T : unmanaged
    {
        public Vector<T> Step, WeightDecay, Kept1, Added1, Kept2, Epsilon;

        public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> mean, ref Vector<T> largest, ref Vector<T> c)
        {
            Vector<T> g = gradient + (WeightDecay * value);
            mean = (Kept1 * mean) + (Added1 * g);
            largest = Vector.Max(Kept2 * largest, Vector.Abs(g) + Epsilon);
            return value - (Step * mean / largest);
        }
    }
}
