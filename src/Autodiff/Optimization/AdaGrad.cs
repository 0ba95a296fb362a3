using System.Numerics;

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
    protected override IReadOnlyList<string> BufferNames => s_buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
    {
        if (state.Step == 1)
        {
            state.Buffer<T>(0).Fill(T.CreateChecked(_initialSum));
        }

        var rule = new Rule<T>
        {
            Rate = UpdateLoop.All<T>(learningRate / (1 + ((state.Step - 1) * _rateDecay))),
            WeightDecay = UpdateLoop.All<T>(_weightDecay),
            Epsilon = UpdateLoop.All<T>(_epsilon),
        };
        UpdateLoop.Run(rule, state, value, gradient, result);
    }

    private struct Rule<T> : IUpdateRule<T> where T : unmanaged
    {
        public Vector<T> Rate, WeightDecay, Epsilon;

        public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> sum, ref Vector<T> b, ref Vector<T> c)
        {
            Vector<T> g = gradient + (WeightDecay * value);
            sum += g * g;
            return value - (Rate * g / (Vector.SquareRoot(sum) + Epsilon));
        }
    }
}
