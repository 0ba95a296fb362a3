using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = (a − 1)·ln x − x − ln Γ(a) for a &gt; 0 and x ≥ 0, with 0·ln 0 = 0: <see cref="PoissonLogMass"/> at a − 1, without losing a small a.
/// ∂y/∂a = ln x − ψ(a), ∂y/∂x = (a − 1)/x − 1.
/// </summary>
internal sealed class GammaLogDensity : SpecialOp
{
    public static GammaLogDensity Instance { get; } = new();

    public override double Map(double a, double x, double c) =>
        a < 0.5 && x < double.PositiveInfinity ? ((a - 1) * Math.Log(x)) - x - Special.LogGamma(a) : PoissonLogMass.Instance.Map(a - 1, x, c);

    public override double Step(int index, double a, double x, double c) => index == 0 ? a : x;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor a, Tensor x) = (inputs[0], inputs[1]);
        if (index == 0)
        {
            return x.Log() - a.Digamma();
        }

        Tensor one = a.EqualTo(1.0);
        return Tensor.Where(one, 0.0, (a - 1) / Tensor.Where(one, 1.0, x)) - 1;
    }
}
