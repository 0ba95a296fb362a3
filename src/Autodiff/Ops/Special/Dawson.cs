namespace ProbNet.Autodiff;

/// <summary>y = F⁽ⁿ⁾(x), the n-th derivative of Dawson's integral F(x) = e^(−x²) ∫₀ˣ e^(t²) dt. dy/dx = F⁽ⁿ⁺¹⁾(x): 1 − 2xF would cancel for large x.</summary>
internal sealed class Dawson(int n) : ScalarUnaryOp
{
    public static readonly Dawson Instance = new(0);

    public override string Name => n == 0 ? "Dawson" : $"Dawson({n})";

    protected override double Map(double x) => Special.DawsonDerivative(n, x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * new Dawson(n + 1).Apply(x);
}
