namespace ProbNet.Autodiff;

/// <summary>
/// y = e^{a − b} for a ≤ b, with 0 where both are −∞ and 1 where both are +∞: the share of a term in a sum of exponentials.
/// ∂y/∂a = y, ∂y/∂b = −y.
/// </summary>
internal sealed class ExpDifference : ScalarBinaryOp
{
    public static readonly ExpDifference Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * y;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -(dy * y);

    protected override double Map(double a, double b) => a != b ? Math.Exp(a - b) : double.IsNegativeInfinity(a) ? 0 : 1;
}
