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

    private protected override Tensor Interior
    {
        get
        {
            (Tensor loc, Tensor scale, Tensor low, Tensor high) = (Gradient.Stop(Loc), Gradient.Stop(Scale), Gradient.Stop(Low), Gradient.Stop(High));

            // Beyond the one bound that there is, by about the distance on which the density falls.
            Tensor left = Tensor.Where(high.IsInfinite(), low, high), step = scale / (1 + ((left - loc).Abs() / scale)) + (4 * DType.Epsilon() * left.Abs());
            Tensor open = Tensor.Where(high.IsInfinite(), low + step, high - step), middle = Tensor.Where(low.IsInfinite() | high.IsInfinite(), open, (0.5 * low) + (0.5 * high));
            return Tensor.Where((loc > low) & (loc < high), loc, middle);
        }
    }

    private Tensor A => Score(Low);

    private Tensor B => Score(High);

    private Tensor Lost => Gradient.Stop(!(B - A > 0.02) | (A > 20) | (B < -20)) & !(A.IsNaN() | B.IsNaN());

    private protected override Tensor? StandardMean => Moment(
        (a, b) => Loc + (Scale * TruncatedNormalMoment.Mean.Apply(a, b)), far => far.Mean, (low, high) => (0.5 * low) + (0.5 * high));

    private protected override Tensor? StandardVariance => Moment(
        (a, b) => Scale.Square() * TruncatedNormalMoment.Variance.Apply(a, b), far => far.Variance, (low, high) => (high - low).Square() / 12);

    private protected override Tensor? StandardMode => Tensor.Maximum(Tensor.Minimum(Loc, High), Low);

    private protected override Tensor? StandardEntropy => Moment(
        (a, b) => Scale.Log() + Constants.HalfLogTwoPi + NormalLogMass.Instance.Apply(a, b)
            + (0.5 * (TruncatedNormalMoment.Mean.Apply(a, b).Square() + TruncatedNormalMoment.Variance.Apply(a, b))),
        far => far.Entropy, (low, high) => (high - low).Log());

    /// <summary>
    /// In closed form (Jordan, Krüger and Lerch 2019), and by quadrature for those elements whose bounds are so close or so far out that it would lose more than four digits.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => FiniteCrps(value, y =>
    {
        Tensor lost = Lost;
        if (lost.IsSymbolic || !(bool)lost.Any())
        {
            return Scale * ClosedFormCrps.TruncatedNormal(A, B, Score(y));
        }

        Tensor score = Scale * ClosedFormCrps.TruncatedNormal(Tensor.Where(lost, -1.0, A), Tensor.Where(lost, 1.0, B), Tensor.Where(lost, 0.0, Score(y)));
        return ClosedFormCrps.Replace(score, lost, of => NumericCrps.Integrate(new TruncatedNormal(of(Loc), of(Scale), of(Low), of(High)), of(y)));
    });

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => ClosedFormCrps.Holds(!Lost) ? Evidence.Exact : Evidence.Numeric;

    // Within narrow bounds the derivatives by both bounds and z are large where those by μ and σ are not: there by the middle m of the bounds, their width w and the
    // distance u to the middle, −u·(m + u/2) − ln ∫ exp(−m·w·t − ½w²t²) dt over (−½, ½) − ln(high − low).
    private protected override Tensor StandardLogDensity(Tensor z)
    {
        Tensor narrow = Narrow;
        FarNormal? far = FarNormal.Of(this);
        Tensor apart = far is null ? narrow : narrow | far.Mask;
        Tensor wide = TruncatedNormalLogDensity.Instance.Apply(Tensor.Where(apart, -1.0, A), Tensor.Where(apart, 1.0, B), Tensor.Where(apart, 0.0, Score(z))) - Scale.Log();
        wide = far is null ? wide : Tensor.Where(far.Mask, far.LogDensity(z), wide);
        Tensor low = Tensor.Where(narrow, Low, 0.0), width = Tensor.Where(narrow, High, 1.0) - low, middle = low + (0.5 * width);
        Tensor loc = Tensor.Where(narrow, Loc, 0.0), scale = Tensor.Where(narrow, Scale, 1.0);
        Tensor m = (middle - loc) / scale, u = (Tensor.Where(narrow, z, 0.0) - middle) / scale;
        return Tensor.Where(narrow, -(u * (m + (0.5 * u))) - NarrowNormalMass.Instance.Apply(m, Tensor.Where(narrow, width / scale, 0.0)) - width.Log(), wide);
    }

    private protected override Tensor StandardCdf(Tensor z) => StandardLogCdf(z).Exp();

    private protected override Tensor StandardLogCdf(Tensor z) => Tail(z, (a, b, x) => NormalLogMass.Instance.Apply(a, x) - NormalLogMass.Instance.Apply(a, b), upper: false);

    private protected override Tensor StandardSurvival(Tensor z) => StandardLogSurvival(z).Exp();

    private protected override Tensor StandardLogSurvival(Tensor z) => Tail(z, (a, b, x) => NormalLogMass.Instance.Apply(x, b) - NormalLogMass.Instance.Apply(a, b), upper: true);

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
    {
        // ln Φ of the point and of its mirror image, from those of the bounds; the smaller one has all its digits.
        FarNormal? far = FarNormal.Of(this);
        Tensor log = p.Log(), complement = (-p).Log1p(), a = far is null ? A : Tensor.Where(far.Exponential, -1.0, A), b = far is null ? B : Tensor.Where(far.Exponential, 1.0, B);
        Tensor lower = Tensor.LogAddExp(complement + LogCdfOf(a), log + LogCdfOf(b));
        Tensor upper = Tensor.LogAddExp(complement + LogCdfOf(-a), log + LogCdfOf(-b));
        Tensor left = lower < upper, z = NormalLogQuantile.Instance.Apply(Tensor.Where(left, lower, upper)), x = Loc + (Scale * Tensor.Where(left, z, -z));
        x = far is null ? x : Tensor.Where(far.Exponential, far.Quantile(p), x);
        return Tensor.Maximum(Tensor.Minimum(x, High), Low);
    };

    // ln of a mass over that of all, by bounds in units of σ; by their differences where they are far out, or so close together that rounding makes them equal.
    private Tensor Tail(Tensor x, Func<Tensor, Tensor, Tensor, Tensor> regular, bool upper)
    {
        FarNormal? far = FarNormal.Of(this);
        Tensor narrow = far is null ? Narrow : Narrow & !far.Mask, apart = far is null ? narrow : narrow | far.Mask;
        if (!apart.IsSymbolic && !(bool)apart.Any())
        {
            return regular(A, B, Score(x));
        }

        Tensor log = regular(Tensor.Where(apart, -1.0, A), Tensor.Where(apart, 1.0, B), Tensor.Where(apart, 0.0, Score(x)));
        log = Tensor.Where(narrow, NarrowTail(narrow, x, upper), log);
        return far is null ? log : Tensor.Where(far.Mask, far.LogTail(x, upper), log);
    }

    // With the middles and the widths of the part and the whole: ln(w/W) − ½(m − M)(m + M) + the ratio of the masses over the densities there.
    private Tensor NarrowTail(Tensor narrow, Tensor x, bool upper)
    {
        Tensor low = Tensor.Where(narrow, Low, -0.1), high = Tensor.Where(narrow, High, 0.1), at = Tensor.Where(narrow, x, 0.0);
        Tensor loc = Tensor.Where(narrow, Loc, 0.0), scale = Tensor.Where(narrow, Scale, 1.0), width = high - low, part = upper ? high - at : at - low;
        Tensor m = ((0.5 * low) + (0.5 * high) - loc) / scale, shift = 0.5 * (upper ? at - low : at - high) / scale;
        return (part / width).Log() - (shift * (m + (0.5 * shift)))
            + NarrowNormalMass.Instance.Apply(m + shift, Tensor.Where(narrow, part / scale, 0.0)) - NarrowNormalMass.Instance.Apply(m, Tensor.Where(narrow, width / scale, 0.0));
    }

    // By about how much the log density changes between the bounds.
    private Tensor Change => Gradient.Stop((High - Low) / Scale * (1 + (((0.5 * Low) + (0.5 * High)) - Loc).Abs() / Scale));

    private Tensor Narrow => Change < 1;

    // Within bounds that are so close together the density is flat, to the square of this.
    private Tensor Flat => Change < (DType == DType.Float64 ? 1e-5 : 1e-3);

    private Tensor Moment(Func<Tensor, Tensor, Tensor> regular, Func<FarNormal, Tensor> exponential, Func<Tensor, Tensor, Tensor> flat)
    {
        FarNormal? far = FarNormal.Of(this);
        Tensor close = Flat, apart = far is null ? close : close | far.Exponential;
        Tensor low = Tensor.Where(close, Low, -1.0), high = Tensor.Where(close, High, 1.0);
        Tensor moment = Tensor.Where(close, flat(low, high), regular(Tensor.Where(apart, -1.0, A), Tensor.Where(apart, 1.0, B)));
        return far is null ? moment : Tensor.Where(far.Exponential & !close, exponential(far), moment);
    }

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
