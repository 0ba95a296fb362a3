using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Normal distribution within bounds: density φ(z)/(σ·(Φ(b) − Φ(a))) on [low, high], with z, a and b the value and the bounds in units of σ from μ.</summary>
public sealed class TruncatedNormal : LocationScaleFamily, ILocationScale<TruncatedNormal>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean before truncation.</param>
    /// <param name="scale">σ, the standard deviation before truncation; above 0.</param>
    /// <param name="low">The lower bound; may be −∞.</param>
    /// <param name="high">The upper bound, above the lower; may be ∞.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public TruncatedNormal(Tensor loc, Tensor scale, Tensor low, Tensor high)
        : base(
            FamilyParameter.Real(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale),
            FamilyParameter.Real(nameof(low), low),
            FamilyParameter.Real(nameof(high), high))
    {
    }

    /// <summary>μ, the mean before truncation.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ, the standard deviation before truncation; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>The lower bound; may be −∞.</summary>
    public Tensor Low => this[2];

    /// <summary>The upper bound, above the lower; may be ∞.</summary>
    public Tensor High => this[3];

    /// <inheritdoc/>
    public override Support Support => new IntervalSupport(Low, High, "[low, high]", lowClosed: true, highClosed: true, Interior);

    /// <inheritdoc/>
    public TruncatedNormal AffineTransform(Tensor loc, Tensor scale) =>
        new(loc + (scale * Loc), scale * Scale, loc + (scale * Low), loc + (scale * High));

    private protected override Tensor Bottom => Low;

    private protected override Tensor Top => High;

    private protected override Tensor Interior => Gradient.Stop(Tensor.Maximum(Tensor.Minimum(Loc, High), Low));

    private Tensor A => Score(Low);

    private Tensor B => Score(High);

    private Tensor LogMass => NormalLogMass.Instance.Apply(A, B);

    private protected override Tensor? StandardMean => Loc + (Scale * TruncatedNormalMoment.Mean.Apply(A, B));

    private protected override Tensor? StandardVariance => Scale.Square() * TruncatedNormalMoment.Variance.Apply(A, B);

    private protected override Tensor? StandardMode => Tensor.Maximum(Tensor.Minimum(Loc, High), Low);

    private protected override Tensor? StandardEntropy => Scale.Log() + Constants.HalfLogTwoPi + LogMass
        + (0.5 * (TruncatedNormalMoment.Mean.Apply(A, B).Square() + TruncatedNormalMoment.Variance.Apply(A, B)));

    // Quadrature where the bounds hold so little of the Normal that the closed form would lose more than four digits.
    private protected override Func<Tensor, Tensor>? StandardCrps =>
        ClosedFormCrps.Holds(Gradient.Stop(LogMass) > -4.6) ? x => Scale * ClosedFormCrps.TruncatedNormal(A, B, Score(x)) : null;

    // Within narrow bounds the derivatives by both bounds and z are large where those by μ and σ are not: there by the middle m of the bounds, their width w and the
    // distance u to the middle, −u·(m + u/2) − ln ∫ exp(−m·w·t − ½w²t²) dt over (−½, ½) − ln(high − low).
    private protected override Tensor StandardLogDensity(Tensor z)
    {
        Tensor narrow = Gradient.Stop((High - Low) / Scale * (1 + ((0.5 * (Low + High)) - Loc).Abs() / Scale)) < 1;
        Tensor wide = TruncatedNormalLogDensity.Instance.Apply(Tensor.Where(narrow, -1.0, A), Tensor.Where(narrow, 1.0, B), Tensor.Where(narrow, 0.0, Score(z))) - Scale.Log();
        Tensor low = Tensor.Where(narrow, Low, 0.0), width = Tensor.Where(narrow, High, 1.0) - low, middle = low + (0.5 * width);
        Tensor loc = Tensor.Where(narrow, Loc, 0.0), scale = Tensor.Where(narrow, Scale, 1.0);
        Tensor m = (middle - loc) / scale, u = (Tensor.Where(narrow, z, 0.0) - middle) / scale;
        return Tensor.Where(narrow, -(u * (m + (0.5 * u))) - NarrowNormalMass.Instance.Apply(m, width / scale) - width.Log(), wide);
    }

    private protected override Tensor StandardCdf(Tensor z) => StandardLogCdf(z).Exp();

    private protected override Tensor StandardLogCdf(Tensor z) => NormalLogMass.Instance.Apply(A, Score(z)) - LogMass;

    private protected override Tensor StandardSurvival(Tensor z) => StandardLogSurvival(z).Exp();

    private protected override Tensor StandardLogSurvival(Tensor z) => NormalLogMass.Instance.Apply(Score(z), B) - LogMass;

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
    {
        // ln Φ of the point and of its mirror image, from those of the bounds; the smaller one has all its digits.
        Tensor log = p.Log(), complement = (-p).Log1p();
        Tensor lower = Tensor.LogAddExp(complement + LogCdfOf(A), log + LogCdfOf(B));
        Tensor upper = Tensor.LogAddExp(complement + LogCdfOf(-A), log + LogCdfOf(-B));
        Tensor left = lower < upper, z = NormalLogQuantile.Instance.Apply(Tensor.Where(left, lower, upper));
        return Tensor.Maximum(Tensor.Minimum(Loc + (Scale * Tensor.Where(left, z, -z)), High), Low);
    };

    // ln Φ of a bound, likewise.
    private static Tensor LogCdfOf(Tensor bound)
    {
        Tensor infinite = bound.IsInfinite();
        return Tensor.Where(infinite, Gradient.Stop(bound.NormalLogCdf()), Tensor.Where(infinite, 0.0, bound).NormalLogCdf());
    }

    // (x − μ)/σ; an infinite bound has no derivatives.
    private Tensor Score(Tensor x)
    {
        Tensor infinite = x.IsInfinite();
        return Tensor.Where(infinite, Gradient.Stop(x), (Tensor.Where(infinite, 0.0, x) - Loc) / Scale);
    }
}
