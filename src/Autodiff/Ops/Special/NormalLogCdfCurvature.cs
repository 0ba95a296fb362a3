namespace ProbNet.Autodiff;

/// <summary>
/// w = (ln Φ)″(x) = −y(x + y) with y = φ(x)/Φ(x), from −1 to 0; the sum would cancel far below 0. dw/dx = w²/y − y(1 + w), where that
/// would cancel −2u³·(1 − 12u² + 150u⁴ − 2072u⁶ + 31770u⁸) with u = 1/x.
/// </summary>
internal sealed class NormalLogCdfCurvature : ScalarUnaryOp
{
    public static readonly NormalLogCdfCurvature Instance = new();

    protected override double Map(double x) => Special.NormalLogCdfSecondDerivative(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        // From 35 on all is 0. Below −100 the terms left out of the series are below 1e-14 of it.
        Tensor far = x < -100, inside = !far & (x < 35), slope = NormalLogCdfSlope.Instance.Apply(Tensor.Where(inside, x, 0));
        Tensor curvature = Tensor.Where(inside, y, 0), u = 1 / Tensor.Where(far, x, -100), v = u.Square();
        Tensor series = -2 * u * v * (1 + (v * (-12 + (v * (150 + (v * (-2072 + (31770 * v))))))));
        Tensor middle = (curvature.Square() / slope) - (slope * (1 + curvature));
        return dy * Tensor.Where(inside, middle, Tensor.Where(far, series, Tensor.Where(x.IsNaN(), x, 0)));
    }
}
