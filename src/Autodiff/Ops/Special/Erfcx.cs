namespace ProbNet.Autodiff;

/// <summary>y = e^(x²) erfc(x), which falls only as 1/(x√π). dy/dx = 2xy − 2/√π.</summary>
internal sealed class Erfcx : ScalarUnaryOp
{
    public static readonly Erfcx Instance = new();

    protected override double Map(double x) => Special.Erfcx(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (2 * x * y - Erf.TwoBySqrtPi);
}
