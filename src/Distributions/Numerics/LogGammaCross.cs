using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln(Γ(b + a)·Γ(b + r)/(Γ(b)·Γ(b + a + r))) of positive numbers. ∂y/∂a = ψ(b + a) − ψ(b + a + r), ∂y/∂r likewise, ∂y/∂b the difference of two such gaps: none
/// of them grows as a or r goes to 0, as those of the two logarithms of beta functions do.
/// </summary>
internal sealed class LogGammaCross : SpecialOp
{
    public static LogGammaCross Instance { get; } = new();

    public override double Map(double b, double a, double r)
    {
        (double small, double large) = a < r ? (a, r) : (r, a);
        return Special.LogBeta(b + large, small) - Special.LogBeta(b, small);
    }

    public override double Step(int index, double b, double a, double r) => index == 0 ? b : index == 1 ? a : r;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor b, Tensor a, Tensor r) = (inputs[0], inputs[1], inputs[2]);
        return index switch
        {
            0 => DigammaGap.Instance.Apply(b, a) - DigammaGap.Instance.Apply(b + r, a),
            1 => -DigammaGap.Instance.Apply(b + a, r),
            _ => -DigammaGap.Instance.Apply(b + r, a),
        };
    }
}
