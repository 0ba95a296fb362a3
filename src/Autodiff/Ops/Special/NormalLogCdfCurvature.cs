namespace ProbNet.Autodiff;

/// <summary>
/// w = (ln Φ)″(x) = −y(x + y) with y = φ(x)/Φ(x), from −1 to 0; the sum would cancel far below 0. dw/dx = w²/y − y(1 + w).
/// </summary>
internal sealed class NormalLogCdfCurvature : ScalarUnaryOp
{
    public static readonly NormalLogCdfCurvature Instance = new();

    protected override double Map(double x) => Special.NormalLogCdfSecondDerivative(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        // Far out on either side the curvature no longer changes.
        Tensor inside = (x > -1e6) & (x < 35), slope = NormalLogCdfSlope.Instance.Apply(Tensor.Where(inside, x, 0));
        Tensor curvature = Tensor.Where(inside, y, 0);
        return dy * Tensor.Where(inside, (curvature.Square() / slope) - (slope * (1 + curvature)), Tensor.Where(x.IsNaN(), x, 0));
    }
}
