namespace ProbNet.Autodiff;

/// <summary>
/// y = A_ν(x) = I_(ν+1)(x)/I_ν(x) for ν &gt; −1, odd in x; here a stands for ν and b for x. ∂y/∂x = y (A_(ν+1)(x) − y + 1/x), which is 1/(2ν + 2) at 0.
/// </summary>
internal sealed class BesselIRatio : ScalarBinaryOp
{
    public static readonly BesselIRatio Instance = new();

    protected override double Map(double a, double b) => Special.BesselIRatio(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        throw new NotSupportedException("BesselIRatio: its derivative in the order is not available; those in x are.");

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy)
    {
        Tensor zero = b.EqualTo(0);
        return dy * ((y * (Instance.Apply(a + 1, b) - y)) + Tensor.Where(zero, 0.5 / (a + 1), y / Tensor.Where(zero, 1, b)));
    }
}
