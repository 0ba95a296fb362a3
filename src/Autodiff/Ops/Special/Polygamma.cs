namespace ProbNet.Autodiff;

/// <summary>y = ψₙ(x), the (n + 1)-th derivative of ln Γ, for n ≥ 1. dy/dx = ψₙ₊₁(x).</summary>
internal sealed class Polygamma(int n) : ScalarUnaryOp
{
    public override string Name => $"Polygamma({n})";

    protected override double Map(double x) => n == 1 ? Special.Trigamma(x) : Special.Polygamma(n, x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Polygamma(n + 1);
}
