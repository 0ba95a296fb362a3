namespace ProbNet.Autodiff;

/// <summary>y = ln Φ(x), finite far into the lower tail. dy/dx = φ(x)/Φ(x).</summary>
internal sealed class NormalLogCdf : ScalarUnaryOp
{
    public static readonly NormalLogCdf Instance = new();

    protected override double Map(double x) => Special.NormalLogCdf(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * NormalLogCdfSlope.Instance.Apply(x);
}
