using System.Numerics;
using System.Runtime.CompilerServices;

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
            Rate = -learningRate,
            WeightDecay = _weightDecay,
            Kept2 = _rho,
            Added2 = 1 - _rho,
            Epsilon = _epsilon,
        };
        return new UpdateStep(UpdateRule<Rule>.Instance, numbers);
    }

    private readonly struct Rule : IUpdateRule
    {
        public static int Buffers => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Next<V, T>(in UpdateNumbers.Lanes<V, T> n, V value, V gradient, ref V square, ref V squareStep, ref V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V g = V.MultiplyAdd(n.WeightDecay, value, gradient);
            square = n.Average(n.Kept2, square, n.Added2 * g * g);
            V step = V.Sqrt((squareStep + n.Epsilon) / (square + n.Epsilon)) * g;
            squareStep = n.Average(n.Kept2, squareStep, n.Added2 * step * step);
            return V.MultiplyAdd(n.Rate, step, value);
        }
    }
}
