namespace ProbNet.Autodiff;

/// <summary>y = ∂I_x(a, b)/∂a; the operands are a, b, x. ∂y/∂x = f(a, b, x)(ln x − ψ(a) + ψ(a + b)) with the density f of Beta(a, b).</summary>
internal sealed class BetaShape : ScalarTernaryOp
{
    public static readonly BetaShape Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        if (index < 2)
        {
            throw new NotSupportedException(
                "BetaRegularized: its second derivatives in the shape parameters a and b are not available; first derivatives in them, and all "
                + "orders in x, are.");
        }

        Tensor a = inputs[0], b = inputs[1], x = inputs[2];
        Tensor factor = Tensor.SafeWhere(x > 0, x, v => v.Log(), 0) - a.Digamma() + (a + b).Digamma();
        return dy * (BetaRegularized.Density(a, b, x) * factor);
    }

    protected override double Map(double a, double b, double c) => Special.BetaRegularizedShapeDerivative(a, b, c);
}
