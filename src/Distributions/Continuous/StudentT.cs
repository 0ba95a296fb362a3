using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Student's t distribution with location and scale: density Γ((ν+1)/2)/(Γ(ν/2)·√(νπ)·σ)·(1 + z²/ν)^(−(ν+1)/2) with z = (x − μ)/σ.</summary>
public sealed class StudentT : Univariate, IReparameterized, ILocationScale<StudentT>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">ν, the degrees of freedom; above 0.</param>
    /// <param name="loc">μ, the median.</param>
    /// <param name="scale">σ; above 0. The standard deviation is σ·√(ν/(ν − 2)) for ν &gt; 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public StudentT(Tensor df, Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(StudentT), ref df, ref loc, ref scale);
        Df = ParameterChecks.Positive(nameof(StudentT), nameof(df), df);
        Scale = ParameterChecks.Positive(nameof(StudentT), nameof(scale), scale);
        Loc = loc;
        BatchShape = BroadcastParameters(nameof(StudentT), ("df", df), ("loc", loc), ("scale", scale));
    }

    /// <summary>ν, the degrees of freedom; above 0.</summary>
    public Tensor Df { get; }

    /// <summary>μ, the median.</summary>
    public Tensor Loc { get; }

    /// <summary>σ; above 0. The standard deviation is σ·√(ν/(ν − 2)) for ν &gt; 2.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("df", Df), ("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Df.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <summary>μ for ν &gt; 1, else undefined: NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Tensor.Where(Df > 1, Loc, double.NaN).BroadcastTo(BatchShape));

    /// <summary>σ²·ν/(ν − 2) for ν &gt; 2, ∞ for 1 &lt; ν ≤ 2, else undefined: NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor finite = Df > 2;
        Tensor factor = Tensor.Where(finite, 1 + (2 / (Tensor.Where(finite, Df, 3.0) - 2)), Tensor.Where(Df > 1, double.PositiveInfinity, NaN()));
        return Estimate.Exact((Scale.Square() * factor).BroadcastTo(BatchShape));
    }

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <summary>(ν+1)/2·(ψ((ν+1)/2) − ψ(ν/2)) + ½ ln ν + ln B(ν/2, ½) + ln σ.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        Tensor half = 0.5 * Df, one = Tensor.Scalar(0.5, Df.DType);
        Tensor spread = (half + 0.5) * DigammaGap.Instance.Apply(half, one);
        return Estimate.Exact((spread + (0.5 * Df.Log()) + Tensor.LogBeta(half, 0.5) + Scale.Log()).BroadcastTo(BatchShape));
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => StandardLogDensity(Df, (value - Loc) / Scale) - Scale.Log();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => StudentTTail.Cdf.Apply(Df, Standardize(x, nameof(Cdf))), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => StudentTTail.LogCdf.Apply(Df, Standardize(x, nameof(LogCdf))), 0, null);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => StudentTTail.Cdf.Apply(Df, -Standardize(x, nameof(Survival))), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => StudentTTail.LogCdf.Apply(Df, -Standardize(x, nameof(LogSurvival))), 0, null);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        Tensor z = StudentTQuantile.Instance.Apply(Gradient.Stop(Df), Gradient.Stop(p));
        return ImplicitGradient.Attach(this, Gradient.Stop(Loc) + (Gradient.Stop(Scale) * z), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>
    /// σ·(z·(2F(z) − 1) + 2f(z)·(ν + z²)/(ν − 1) − 2√ν/(ν − 1)·B(½, ν − ½)/B(½, ν/2)²) for ν &gt; ½ (Jordan, Krüger and Lerch 2019,
    /// for ν &gt; 1, continued analytically); else ∞.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        // In double: near ν = 1 two poles cancel. There the score is the mean of its values on both sides, which is right to h².
        const double h = 2e-5;
        Tensor z = Standardize(value, nameof(Crps)).Cast(DType.Float64), df = Df.Cast(DType.Float64);
        Tensor finite = df > 0.5, safe = Tensor.Where(finite, df, 2.0);
        Tensor near = (safe - 1).Abs() < 0.5 * h, shift = Tensor.Where(near, Tensor.Scalar(h, DType.Float64), 0.0);
        Tensor score = near.IsSymbolic || (bool)near.Any()
            ? 0.5 * (StandardCrps(safe - shift, z) + StandardCrps(safe + shift, z))
            : StandardCrps(safe, z);
        return Scale * Tensor.Where(finite | df.IsNaN(), score + (0 * df), double.PositiveInfinity).Cast(DType);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        // A Normal over the root of χ²/ν, the latter in log space: no division by a draw that underflowed.
        (RandomKey normal, RandomKey gamma) = key.Split();
        Shape all = SampleShape(shape);
        Tensor half = (0.5 * Df).BroadcastTo(BatchShape);
        Tensor logGamma = Gamma.StandardLogSample(gamma, half, shape);
        return Loc + (Scale * normal.Normal(all, DType) * Numeric.ExpOrInfinity(0.5 * (half.Log() - logGamma)));
    }

    /// <inheritdoc/>
    public StudentT AffineTransform(Tensor loc, Tensor scale) => new(Df, loc + (scale * Loc), scale * Scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    /// <summary>The log density at loc 0 and scale 1.</summary>
    internal static Tensor StandardLogDensity(Tensor df, Tensor z) =>
        (-0.5 * (df + 1) * Log1pSquare.Instance.Apply(z / df.Sqrt())) - Tensor.LogBeta(0.5 * df, 0.5) - (0.5 * df.Log());

    /// <summary>The CRPS at loc 0 and scale 1 for ν ≠ 1: the formula for ν &gt; 1, which is analytic in ν down to ½, where the score becomes infinite.</summary>
    private static Tensor StandardCrps(Tensor df, Tensor z)
    {
        // f(z)·(ν + z²) in one exponential, since z² may overflow: ν·(1 + z²/ν)^(−(ν−1)/2)/(√ν·B(ν/2, ½)).
        Tensor logBeta = Tensor.LogBeta(0.5 * df, 0.5);
        Tensor square = Log1pSquare.Instance.Apply(z / df.Sqrt());
        Tensor spread = ((-0.5 * (df - 1) * square) - logBeta).Exp();
        Tensor self = (Tensor.LogBeta(df - 0.5, 0.5) - (2 * logBeta)).Exp();
        return (z * ((2 * StudentTTail.Cdf.Apply(df, z)) - 1)) + (2 * df.Sqrt() / (df - 1) * (spread - self));
    }

    private Tensor NaN() => Tensor.Scalar(double.NaN, DType);

    private Tensor Standardize(Tensor value, string method) => (CheckValue(value, method) - Loc) / Scale;
}
