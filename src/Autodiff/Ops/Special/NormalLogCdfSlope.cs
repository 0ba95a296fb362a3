namespace ProbNet.Autodiff;

/// <summary>y = φ(x)/Φ(x), the inverse Mills ratio: the derivative of ln Φ. dy/dx = −y(x + y).</summary>
internal sealed class NormalLogCdfSlope : ScalarUnaryOp
{
    public static readonly NormalLogCdfSlope Instance = new();

    protected override double Map(double x) => Special.NormalLogCdfDerivative(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * NormalLogCdfCurvature.Instance.Apply(x);
}
