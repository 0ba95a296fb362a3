namespace ProbNet.Autodiff;

/// <summary>
/// y = x with I_x(a, b) = p; the operands are a, b, p. By the implicit function theorem, with the density f = f(a, b, y): ∂y/∂p = 1/f,
/// ∂y/∂a = −(∂I/∂a)(a, b, y)/f, and likewise for b.
/// </summary>
internal sealed class BetaRegularizedInverse : ScalarTernaryOp
{
    public static readonly BetaRegularizedInverse Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor a = inputs[0], b = inputs[1];
        Tensor density = BetaRegularized.Density(a, b, output);
        return index == 2 ? dy / density : -dy * (BetaRegularized.ByShape(index, a, b, output) / density);
    }

    protected override double Map(double a, double b, double c) => Special.BetaRegularizedInverse(a, b, c);
}
