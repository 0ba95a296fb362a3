namespace ProbNet.Autodiff;

/// <summary>
/// y = ∂I_x(a, b)/∂a or ∂I_x(a, b)/∂b; the operands are a, b, x. With the density f of Beta(a, b), ∂y/∂x = f(a, b, x)·(ln x − ψ(a) + ψ(a + b)), or with
/// ln(1 − x) − ψ(b). That by b is not taken from I_(1−x)(b, a): 1 − x is 1 for a small x.
/// </summary>
internal sealed class BetaShape : ScalarTernaryOp
{
    private readonly bool _second;

    private BetaShape(bool second) => _second = second;

    public static BetaShape First { get; } = new(second: false);

    public static BetaShape Second { get; } = new(second: true);

    public override string Name => $"BetaShape({(_second ? "b" : "a")})";

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        if (index < 2)
        {
            throw new NotSupportedException(
                "BetaRegularized: its second derivatives in the shape parameters a and b are not available; first derivatives in them, and all "
                + "orders in x, are.");
        }

        Tensor a = inputs[0], b = inputs[1], x = inputs[2];
        Tensor log = _second ? Tensor.SafeWhere(x < 1, x, v => (-v).Log1p(), 0, safePoint: 0) - b.Digamma() : Tensor.SafeWhere(x > 0, x, v => v.Log(), 0) - a.Digamma();
        return dy * (BetaRegularized.Density(a, b, x) * (log + (a + b).Digamma()));
    }

    protected override double Map(double a, double b, double c)
    {
        (double byA, double byB) = Special.BetaRegularizedDerivatives(a, b, c, 1 - c);
        return _second ? byB : byA;
    }
}
