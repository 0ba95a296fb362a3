using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution of |T| for T Student's t around 0, a prior of scales (Gelman 2006): density 2/(σ·√ν·B(ν/2, ½))·(1 + z²/ν)^(−(ν + 1)/2) on [0, ∞)
/// with z = x/σ.
/// </summary>
public sealed class HalfStudentT : LocationScaleFamily, IScale<HalfStudentT>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">ν, the degrees of freedom; above 0. Moments of order ν and more are infinite.</param>
    /// <param name="scale">σ; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public HalfStudentT(Tensor df, Tensor scale)
        : base(FamilyParameter.Positive(nameof(df), df), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>ν, the degrees of freedom; above 0. Moments of order ν and more are infinite.</summary>
    public Tensor Df => this[0];

    /// <summary>σ; above 0.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        // T²/ν are the odds of a Beta(½, ν/2).
        Tensor p = CheckProbability(probability), half = Gradient.Stop(0.5 * Df);
        Tensor odds = BetaOddsQuantile.Instance.Apply(Tensor.Full(half.Shape, 0.5, DType), half, Gradient.Stop(p));
        return ImplicitGradient.Attach(this, Gradient.Stop(Scale * Df.Sqrt()) * odds.Sqrt(), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public HalfStudentT ScaleTransform(Tensor scale) => new(Df, scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    // 2√ν/((ν − 1)·B(ν/2, ½)).
    private protected override Tensor? StandardMean
    {
        get
        {
            Tensor finite = Df > 1, df = Tensor.Where(finite, Df, 2.0);
            return Tensor.Where(finite, 2 * df.Sqrt() / (df - 1) * (-Tensor.LogBeta(0.5 * df, 0.5)).Exp(), double.PositiveInfinity);
        }
    }

    private protected override Tensor? StandardVariance
    {
        get
        {
            Tensor finite = Df > 2, df = Tensor.Where(finite, Df, 3.0);
            return Tensor.Where(finite, (df / (df - 2)) - Tensor.Where(finite, StandardMean!, 0.0).Square(), double.PositiveInfinity);
        }
    }

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => new StudentT(Df, 0.0, 1.0).Entropy().Value - Constants.LogTwo;

    private protected override Tensor StandardLogDensity(Tensor z) => StudentT.StandardLogDensity(Df, z) + Constants.LogTwo;

    private protected override Tensor StandardCdf(Tensor z) => Below(z).Exp().Cast(DType);

    private protected override Tensor StandardLogCdf(Tensor z) => Below(z).Cast(DType);

    private protected override Tensor StandardSurvival(Tensor z) => 2 * StudentTTail.Cdf.Apply(Df, -z);

    private protected override Tensor StandardLogSurvival(Tensor z) => Constants.LogTwo + StudentTTail.LogCdf.Apply(Df, -z);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey normal, RandomKey gamma) = key.Split();
        Tensor half = 0.5 * Df;
        return normal.Normal(shape, DType).Abs() * Numeric.ExpOrInfinity(0.5 * (half.Log() - LogGammaDraw(gamma, half, shape)));
    }

    // ln I(½, ν/2) at z²/(ν + z²), whose logit is 2·ln(z/√ν). In double: with few degrees of freedom the slope is a small difference.
    private Tensor Below(Tensor z)
    {
        Tensor df = Df.Cast(DType.Float64);
        return LogitIncompleteBeta.Instance.Apply(Tensor.Full(df.Shape, 0.5, DType.Float64), 0.5 * df, 2 * LogRatio.Instance.Apply(z.Cast(DType.Float64), df.Sqrt()));
    }
}
