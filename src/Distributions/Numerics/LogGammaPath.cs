using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A draw y = ln X of X ~ Gamma(a, rate 1) as a function of a, by implicit differentiation of P(a, eʸ) = u with u held:
/// dy/da = −(∂P/∂a)/g(y), where g(y) = exp(a·y − eʸ)/Γ(a) is the density of y (Figurnov, Mohamed and Mnih 2018).
/// </summary>
internal sealed class LogGammaPath : SpecialOp
{
    public static LogGammaPath Instance { get; } = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? BinaryBlock<Second, float>.Instance
        : BinaryBlock<Second, double>.Instance;

    public override double Map(double a, double y, double c) => y;

    public override double Step(int index, double a, double y, double c) => (index == 0 ? a : 1) / (1 + Math.Sqrt(a));

    public override double Slope(int index, double a, double y, double c) => Special.GammaLogSampleDerivative(a, y);

    // In terms of the output, which moves with a itself, so that second derivatives are complete.
    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) =>
        index == 0 ? base.Derivative(0, [inputs[0], output], output) : null;

    private readonly struct Second : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => b;
    }
}
