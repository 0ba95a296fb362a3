using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The sinh-arcsinh distribution (Jones and Pewsey 2009), of μ + σ·sinh(t·(arsinh N + s)) for a standard Normal N: skewness and the weight of both tails by a
/// parameter each. The Normal distribution at s = 0 and t = 1; in the symbols of the paper, t = 1/δ and s = ε.
/// </summary>
public sealed class SinhArcsinh : LocationScaleFamily, ILocationScale<SinhArcsinh>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the location; the median if s = 0.</param>
    /// <param name="scale">σ; above 0.</param>
    /// <param name="skewness">s: positive values skew to the right.</param>
    /// <param name="tailweight">t; above 0: tails heavier than the Normal's above 1, lighter below.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public SinhArcsinh(Tensor loc, Tensor scale, Tensor skewness, Tensor tailweight)
        : base(
            FamilyParameter.Real(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale),
            FamilyParameter.Real(nameof(skewness), skewness),
            FamilyParameter.Positive(nameof(tailweight), tailweight))
    {
    }

    /// <summary>μ, the location; the median if s = 0.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>s: positive values skew to the right.</summary>
    public Tensor Skewness => this[2];

    /// <summary>t; above 0: tails heavier than the Normal's above 1, lighter below.</summary>
    public Tensor Tailweight => this[3];

    /// <inheritdoc/>
    public SinhArcsinh AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Skewness, Tailweight);

    /// <summary>By quadrature; beyond the range of the type it has the sign of the skewness.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null)
    {
        Estimate mean = base.Mean(key);
        Tensor both = Gradient.Stop(mean.Value).IsNaN() & !(Skewness.IsNaN() | Tailweight.IsNaN() | Loc.IsNaN() | Scale.IsNaN());
        Tensor sign = Tensor.Where(Skewness.EqualTo(0.0), Loc, Skewness * double.PositiveInfinity);
        return mean with { Value = Tensor.Where(both, sign, mean.Value) };
    }

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    // At the location z is 0 in every unit, also where a derivative in z leaves the range of the type.
    private protected override Tensor Standardize(Tensor value) => (value - Loc) / Tensor.Where(value.EqualTo(Loc), Gradient.Stop(Scale), Scale);

    private protected override Tensor StandardLogDensity(Tensor z)
    {
        // Beyond, sinh² leaves the range of the type: the density is 0 to it.
        Tensor angle = Angle(z), far = angle.Abs() > Farthest, u = Tensor.Where(far, 0.0, angle);
        Tensor logCosh = (2 * u).Softplus() - u - Constants.LogTwo;
        Tensor log = logCosh - Tailweight.Log() - (0.5 * (Log1pSquare.Instance.Apply(z) + u.Sinh().Square())) - Constants.HalfLogTwoPi;
        return Tensor.Where(far, double.NegativeInfinity, log);
    }

    private protected override Tensor StandardCdf(Tensor z) => Score(z).NormalCdf();

    private protected override Tensor StandardLogCdf(Tensor z) => Score(z).NormalLogCdf();

    private protected override Tensor StandardSurvival(Tensor z) => (-Score(z)).NormalCdf();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-Score(z)).NormalLogCdf();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Point(p.NormalQuantile());

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => Point(key.Normal(shape, DType));

    private Tensor Angle(Tensor z) => (z.Asinh() / Tailweight) - Skewness;

    // Where sinh² leaves the range of the type, one of the tails is empty to it.
    private Tensor Score(Tensor z) => Angle(z).Clip(-Farthest, Farthest).Sinh();

    private double Farthest => DType == DType.Float32 ? 43.0 : 354.0;

    private Tensor Point(Tensor normal) => (Tailweight * (normal.Asinh() + Skewness)).Sinh();
}
