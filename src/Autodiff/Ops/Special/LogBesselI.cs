namespace ProbNet.Autodiff;

/// <summary>y = ln I_ν(|x|) of real order ν &gt; −1; here a stands for ν and b for x. ∂y/∂x = I_(ν+1)(x)/I_ν(x) + ν/x (DLMF 10.29.2).</summary>
internal sealed class LogBesselI : ScalarBinaryOp
{
    public static readonly LogBesselI Instance = new();

    protected override double Map(double a, double b) => Special.LogBesselI(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        throw new NotSupportedException("LogBesselI: its derivative in the order is not available; those in x are.");

    // The order is that of I_|ν| at negative integers, where I_−ν = I_ν.
    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy)
    {
        Tensor order = Tensor.Where(a <= -1, -a, a), zero = order.EqualTo(0);
        return dy * (BesselIRatio.Instance.Apply(order, b) + Tensor.Where(zero, 0, order / Tensor.Where(zero, 1, b)));
    }
}
