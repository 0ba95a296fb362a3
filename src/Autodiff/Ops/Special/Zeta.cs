namespace ProbNet.Autodiff;

/// <summary>
/// y = ζ(s, q) = Σ (q + k)⁻ˢ over k ≥ 0, the Hurwitz zeta function; here a stands for s and b for q. ∂y/∂q = −s ζ(s + 1, q).
/// </summary>
internal sealed class Zeta : ScalarBinaryOp
{
    public static readonly Zeta Instance = new();

    protected override double Map(double a, double b) => Special.Zeta(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        throw new NotSupportedException("Zeta: its derivative in the exponent s is not available; the one in q is.");

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * (a * Instance.Apply(a + 1, b));
}
