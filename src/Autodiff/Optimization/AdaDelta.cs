using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// s ← ρ·s + (1 − ρ)·g², d = g·√(u + ε)/√(s + ε), u ← ρ·u + (1 − ρ)·d², w ← w − rate·d (Zeiler 2012). PyTorch's Adadelta.
/// </summary>
public sealed class AdaDelta : Optimizer
{
    private static readonly string[] s_buffers = ["meanSquare", "meanSquareStep"];

    private readonly double _rho;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule; 1 if none is given.</param>
    /// <param name="rho">The decay of the mean squares, in [0, 1).</param>
    /// <param name="epsilon">Keeps the division finite and the first steps above zero.</param>
    /// <param name="weightDecay">λ of an L2 penalty: λ·w is added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside of its range.</exception>
    public AdaDelta(Schedule? learningRate = null, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(learningRate ?? 1)
    {
        _rho = HyperParameter.BelowOne(rho, nameof(AdaDelta), nameof(rho));
        _epsilon = HyperParameter.NonNegative(epsilon, nameof(AdaDelta), nameof(epsilon));
        _weightDecay = HyperParameter.NonNegative(weightDecay, nameof(AdaDelta), nameof(weightDecay));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> BufferNames => s_buffers;

    /// <inheritdoc/>
    protected override void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
    {
        var rule = new Rule<T>
        {
            Rate = UpdateLoop.All<T>(learningRate),
            WeightDecay = UpdateLoop.All<T>(_weightDecay),
            Kept = UpdateLoop.All<T>(_rho),
            Added = UpdateLoop.All<T>(1 - _rho),
            Epsilon = UpdateLoop.All<T>(_epsilon),
        };
        UpdateLoop.Run(rule, state, value, gradient, result);
    }

    private struct Rule<T> : IUpdateRule<T> where T : unmanaged
    {
        public Vector<T> Rate, WeightDecay, Kept, Added, Epsilon;

        public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> square, ref Vector<T> squareStep, ref Vector<T> c)
        {
            Vector<T> g = gradient + (WeightDecay * value);
            square = (Kept * square) + (Added * g * g);
            Vector<T> step = Vector.SquareRoot(squareStep + Epsilon) / Vector.SquareRoot(square + Epsilon) * g;
            squareStep = (Kept * squareStep) + (Added * step * step);
            return value - (Rate * step);
        }
    }
}
