namespace ProbNet.Autodiff;

/// <summary>y = ψ(x), the derivative of ln Γ. dy/dx = ψ₁(x).</summary>
internal sealed class Digamma : ScalarUnaryOp
{
    public static readonly Digamma Instance = new();

    protected override double Map(double x) => Special.Digamma(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Polygamma(1);
}
