using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Johnson's SU distribution (1949): γ + δ·asinh((x − ξ)/λ) is a standard Normal.</summary>
public sealed class JohnsonSU : LocationScaleFamily, ILocationScale<JohnsonSU>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="gamma">γ: positive values skew to the left.</param>
    /// <param name="delta">δ; above 0: small values have heavy tails.</param>
    /// <param name="loc">ξ, the location.</param>
    /// <param name="scale">λ; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public JohnsonSU(Tensor gamma, Tensor delta, Tensor loc, Tensor scale)
        : base(
            FamilyParameter.Real(nameof(gamma), gamma),
            FamilyParameter.Positive(nameof(delta), delta),
            FamilyParameter.Real(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>γ: positive values skew to the left.</summary>
    public Tensor Gamma => this[0];

    /// <summary>δ; above 0: small values have heavy tails.</summary>
    public Tensor Delta => this[1];

    /// <summary>ξ, the location.</summary>
    public Tensor Loc => this[2];

    /// <summary>λ; above 0.</summary>
    public Tensor Scale => this[3];

    /// <inheritdoc/>
    public JohnsonSU AffineTransform(Tensor loc, Tensor scale) => new(Gamma, Delta, loc + (scale * Loc), scale * Scale);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => -(0.5 / Delta.Square()).Exp() * (Gamma / Delta).Sinh();

    private protected override Tensor? StandardVariance => 0.5 * Delta.Square().Reciprocal().Expm1() * ((Delta.Square().Reciprocal().Exp() * (2 * Gamma / Delta).Cosh()) + 1);

    private protected override Tensor StandardLogDensity(Tensor z) => Delta.Log() - (0.5 * (Log1pSquare.Instance.Apply(z) + Score(z).Square())) - Constants.HalfLogTwoPi;

    private protected override Tensor StandardCdf(Tensor z) => Score(z).NormalCdf();

    private protected override Tensor StandardLogCdf(Tensor z) => Score(z).NormalLogCdf();

    private protected override Tensor StandardSurvival(Tensor z) => (-Score(z)).NormalCdf();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-Score(z)).NormalLogCdf();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Point(p.NormalQuantile());

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => Point(key.Normal(shape, DType));

    private Tensor Score(Tensor z) => Gamma + (Delta * z.Asinh());

    private Tensor Point(Tensor normal) => ((normal - Gamma) / Delta).Sinh();
}
