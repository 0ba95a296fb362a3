using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The two-piece Normal distribution (Fechner 1897; Wallis 2014): the halves of two Normals with one mode, joined there without a jump. Density
/// 2φ((x − μ)/σ)/(σ₁ + σ₂), with σ = σ₁ below the mode and σ₂ above.
/// </summary>
public sealed class SplitNormal : LocationScaleFamily, ILocationScale<SplitNormal>
{
    // E|Z| of a standard Normal, and half of the mean distance of two such sizes.
    private static readonly double s_size = Math.Sqrt(2 / Math.PI), s_apart = (Math.Sqrt(2) - 1) * s_size;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mode.</param>
    /// <param name="lower">σ₁, the scale below the mode; above 0. P(X ≤ μ) is σ₁/(σ₁ + σ₂).</param>
    /// <param name="upper">σ₂, the scale above the mode; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public SplitNormal(Tensor loc, Tensor lower, Tensor upper)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(lower), lower), FamilyParameter.Positive(nameof(upper), upper))
    {
    }

    /// <summary>μ, the mode.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ₁, the scale below the mode; above 0. P(X ≤ μ) is σ₁/(σ₁ + σ₂).</summary>
    public Tensor Lower => this[1];

    /// <summary>σ₂, the scale above the mode; above 0.</summary>
    public Tensor Upper => this[2];

    /// <inheritdoc/>
    public SplitNormal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Lower, scale * Upper);

    private protected override Tensor? Origin => Loc;

    // P(X ≤ μ) and the probability above, without a difference or a sum that overflows.
    private Tensor Below => 1 / (1 + (Upper / Lower));

    private Tensor Above => 1 / (1 + (Lower / Upper));

    private protected override Tensor? StandardMean => s_size * (Upper - Lower);

    private protected override Tensor? StandardVariance => ((1 - (2 / Math.PI)) * (Upper - Lower).Square()) + (Lower * Upper);

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 0.5 + Constants.HalfLogTwoPi + LogMean;

    /// <summary>E|X − y| − ½·E|X − X′|, each a sum over the two halves (Jordan, Krüger and Lerch 2019).</summary>
    private protected override Func<Tensor, Tensor>? StandardCrps => z =>
    {
        Tensor left = z < 0, own = Side(left), other = Tensor.Where(left, Upper, Lower), share = Tensor.Where(left, Below, Above), size = z.Abs();
        Tensor distance = ((1 - share) * (size + (s_size * other))) + (share * own * (ClosedFormCrps.HalfNormal(size / own) + s_apart));
        Tensor apart = (s_apart * ((Below.Square() * Lower) + (Above.Square() * Upper))) + (s_size * Below * Upper);
        return distance - apart;
    };

    private protected override Tensor StandardLogDensity(Tensor z) => (-0.5 * (z / Side(z < 0)).Square()) - Constants.HalfLogTwoPi - LogMean;

    private protected override Tensor StandardCdf(Tensor z) => Cut(z, u => 2 * Below * u.NormalCdf(), FromMiddle);

    private protected override Tensor StandardLogCdf(Tensor z) =>
        Cut(z, u => Constants.LogTwo + Below.Log() + u.NormalLogCdf(), u => FromMiddle(u).Log());

    private protected override Tensor StandardSurvival(Tensor z) => Cut(z, ToMiddle, u => 2 * Above * (-u).NormalCdf());

    private protected override Tensor StandardLogSurvival(Tensor z) =>
        Cut(z, u => ToMiddle(u).Log(), u => Constants.LogTwo + Above.Log() + (-u).NormalLogCdf());

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
    {
        Tensor left = p < Below, tail = Tensor.Where(left, p / Below, (1 - p) / Above).Clip(max: 1), u = (0.5 * tail).NormalQuantile();
        return Tensor.Where(left, Lower * u, -(Upper * u));
    };

    // F above the location, and S below it: sums of what lies on either side of it, since one of the two may be lost beside the other.
    private Tensor FromMiddle(Tensor u) => Below + (Above * (Constants.SqrtHalf * u).Erf());

    private Tensor ToMiddle(Tensor u) => Above - (Below * (Constants.SqrtHalf * u).Erf());

    // ln((σ₁ + σ₂)/2).
    private Tensor LogMean => Tensor.Maximum(Lower, Upper).Log() + (0.5 + (0.5 * Tensor.Minimum(Lower, Upper) / Tensor.Maximum(Lower, Upper))).Log();

    private Tensor Side(Tensor left) => Tensor.Where(left, Lower, Upper);

    private Tensor Cut(Tensor z, Func<Tensor, Tensor> below, Func<Tensor, Tensor> above)
    {
        Tensor left = z < 0, u = z / Side(left);

        // The branch that is not taken stays away from the middle, where nothing of a tail may be left.
        return Tensor.Where(left, below(Tensor.Where(left, u, -1.0)), above(Tensor.Where(left, 1.0, u)));
    }
}
