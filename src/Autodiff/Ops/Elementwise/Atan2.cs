namespace ProbNet.Autodiff;

/// <summary>
/// y = the angle of the point (b, a) from the first axis, in [−π, π]. ∂y/∂a = b/r², ∂y/∂b = −a/r² with r = √(a² + b²); both are taken as
/// 0 at the origin.
/// </summary>
internal sealed class Atan2 : ScalarBinaryOp
{
    public static readonly Atan2 Instance = new();

    protected override double Map(double a, double b) => Math.Atan2(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => AngleGradient(a, b, b, dy);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => AngleGradient(a, b, -a, dy);

    // Divided by r twice, since r² may overflow; with r = 1 at the origin, where the numerator is 0.
    private static Tensor AngleGradient(Tensor a, Tensor b, Tensor numerator, Tensor dy)
    {
        Tensor origin = a.EqualTo(0) & b.EqualTo(0);
        Tensor r = Tensor.Hypot(Tensor.Where(origin, 1, a), b);
        return dy * (numerator / r / r);
    }
}
