namespace ProbNet.Autodiff;

/// <summary>
/// y = ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without the cancellation of that sum. ∂y/∂a = ψ(a) − ψ(a + b), ∂y/∂b = ψ(b) − ψ(a +
/// b).
/// </summary>
internal sealed class LogBeta : ScalarBinaryOp
{
    public static readonly LogBeta Instance = new();

    protected override double Map(double a, double b) => Special.LogBeta(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (a.Digamma() - (a + b).Digamma());

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * (b.Digamma() - (a + b).Digamma());
}
