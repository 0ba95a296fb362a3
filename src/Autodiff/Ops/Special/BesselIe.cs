namespace ProbNet.Autodiff;

/// <summary>
/// y = e^(−|x|) I_ν(x) of real order; here a stands for ν and b for x. ∂y/∂x = e^(−|x|)(I_(ν−1)(x) + I_(ν+1)(x))/2 − sign(x)·y (DLMF 10.29.1).
/// </summary>
internal sealed class BesselIe : ScalarBinaryOp
{
    public static readonly BesselIe Instance = new();

    protected override double Map(double a, double b) => Special.BesselIe(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        throw new NotSupportedException("BesselIe: its derivative in the order is not available; those in x are.");

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        dy * ((0.5 * (Instance.Apply(a - 1, b) + Instance.Apply(a + 1, b))) - (b.Sign() * y));
}
