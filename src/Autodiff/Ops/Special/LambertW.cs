namespace ProbNet.Autodiff;

/// <summary>
/// y = W(x), the principal branch of Lambert's function: y e^y = x for x ≥ −1/e, NaN below. dy/dx = e^(−y)/(1 + y) = 1/(x (1 + 1/y)): the first holds at 0,
/// the second for large x; +∞ at −1/e.
/// </summary>
internal sealed class LambertW : ScalarUnaryOp
{
    public static readonly LambertW Instance = new();

    protected override double Map(double x) => Special.LambertW(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor large = y > 1;
        Tensor near = Tensor.Where(large, 0, y), far = Tensor.Where(large, y, 1);
        return dy * Tensor.Where(large, 1 / (Tensor.Where(large, x, 1) * (1 + (1 / far))), (-near).Exp() / (1 + near));
    }
}
