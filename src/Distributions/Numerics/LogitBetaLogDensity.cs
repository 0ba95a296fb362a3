using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The log density of t = logit X for X ~ Beta(a, b), y = a·ln σ(t) + b·ln σ(−t) − ln B(a, b), of a, b and t; around the mean of large a and b the large terms are
/// cancelled on paper. ∂y/∂a = ln σ(t) − ψ(a) + ψ(a + b), ∂y/∂b likewise with −t, ∂y/∂t = a·σ(−t) − b·σ(t), all in double precision.
/// </summary>
internal sealed class LogitBetaLogDensity : SpecialOp
{
    public static LogitBetaLogDensity Instance { get; } = new();

    // Far out one of the two logarithms is −|t|, and the other vanishes.
    public override double Map(double a, double b, double t) => Math.Abs(t) > 600
        ? (t < 0 ? a * t : -b * t) - Special.LogBeta(a, b)
        : Special.LogBetaPrefix(a, b, 1 / (1 + Math.Exp(-t)), 1 / (1 + Math.Exp(t)));

    public override double Step(int index, double a, double b, double t) => index == 0 ? a : index == 1 ? b : 1 / (1 + Math.Sqrt(a + b));

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        Tensor[] wide = Array.ConvertAll(inputs, x => x.Cast(DType.Float64));
        (Tensor a, Tensor b, Tensor t) = (wide[0], wide[1], wide[2]);
        Tensor slope = index switch
        {
            0 => t.LogSigmoid() + DigammaGap.Instance.Apply(a, b),
            1 => (-t).LogSigmoid() + DigammaGap.Instance.Apply(b, a),
            _ => (a * (-t).Sigmoid()) - (b * t.Sigmoid()),
        };
        return slope.Cast(output.DType);
    }
}
