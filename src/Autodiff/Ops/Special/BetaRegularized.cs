namespace ProbNet.Autodiff;

/// <summary>
/// y = I_x(a, b), the distribution function of Beta(a, b) at x; the operands are a, b, x. ∂y/∂x is the density x^(a−1)(1 − x)^(b−1)/B(a, b).
/// </summary>
internal sealed class BetaRegularized : ScalarTernaryOp
{
    public static readonly BetaRegularized Instance = new();

    /// <summary>The density of Beta(a, b) at x.</summary>
    public static Tensor Density(Tensor a, Tensor b, Tensor x) =>
        (Tensor.XLogY(a - 1, x) + Tensor.XLog1PY(b - 1, -x) - Tensor.LogBeta(a, b)).Exp();

    /// <summary>∂I_x(a, b)/∂a, or by b.</summary>
    public static Tensor ByShape(int index, Tensor a, Tensor b, Tensor x) =>
        (index == 0 ? BetaShape.First : BetaShape.Second).Apply(a, b, x);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index == 2
        ? dy * Density(inputs[0], inputs[1], inputs[2])
        : dy * ByShape(index, inputs[0], inputs[1], inputs[2]);

    protected override double Map(double a, double b, double c) => Special.BetaRegularized(a, b, c);
}
