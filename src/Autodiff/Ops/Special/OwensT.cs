namespace ProbNet.Autodiff;

/// <summary>
/// y = T(h, a) = 1/2π ∫₀ᵃ e^(−h²(1 + t²)/2)/(1 + t²) dt (Owen 1956); here b stands for a and a for h. ∂y/∂h = −e^(−h²/2) erf(ah/√2)/(2√(2π)),
/// ∂y/∂a = e^(−h²(1 + a²)/2)/(2π(1 + a²)); 0·∞ is taken as 0 in a·h.
/// </summary>
internal sealed class OwensT : ScalarBinaryOp
{
    public static readonly OwensT Instance = new();

    protected override double Map(double a, double b) => Special.OwensT(a, b);

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        dy * (-0.5 * NormalCdf.DensityAtZero * (-0.5 * a * a).Exp() * (Product(a, b) * Math.Sqrt(0.5)).Erf());

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) =>
        dy * ((-0.5 * (a.Square() + Product(a, b).Square())).Exp() / (2 * Math.PI * (1 + b.Square())));

    private static Tensor Product(Tensor h, Tensor a)
    {
        Tensor limit = (h.EqualTo(0) & a.IsInfinite()) | (h.IsInfinite() & a.EqualTo(0));
        return Tensor.Where(limit, 0, Tensor.Where(limit, 0, h) * Tensor.Where(limit, 0, a));
    }
}
