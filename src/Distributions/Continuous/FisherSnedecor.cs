using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The F distribution, of the ratio of two mean squares: density ∝ x^(d₁/2 − 1)·(1 + d₁x/d₂)^(−(d₁ + d₂)/2) on [0, ∞).</summary>
public sealed class FisherSnedecor : LocationScaleFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df1">d₁, the degrees of freedom of the numerator; above 0.</param>
    /// <param name="df2">d₂, those of the denominator; above 0. The mean is d₂/(d₂ − 2) for d₂ &gt; 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public FisherSnedecor(Tensor df1, Tensor df2)
        : base(FamilyParameter.Positive(nameof(df1), df1), FamilyParameter.Positive(nameof(df2), df2))
    {
    }

    /// <summary>d₁, the degrees of freedom of the numerator; above 0.</summary>
    public Tensor Df1 => this[0];

    /// <summary>d₂, those of the denominator; above 0. The mean is d₂/(d₂ − 2) for d₂ &gt; 2.</summary>
    public Tensor Df2 => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        Tensor odds = BetaOddsQuantile.Instance.Apply(Gradient.Stop(A), Gradient.Stop(B), Gradient.Stop(p));
        return ImplicitGradient.Attach(this, Gradient.Stop(Df2 / Df1) * odds, p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    private protected override Tensor Bottom => 0.0;

    // z = d₁x/d₂ are the odds of a Beta(a, b).
    private protected override Tensor? Unit => Df2 / Df1;

    private Tensor A => 0.5 * Df1;

    private Tensor B => 0.5 * Df2;

    private protected override Tensor? StandardMean => Tensor.Where(Df2 > 2, A / (Tensor.Where(Df2 > 2, B, 2.0) - 1), double.PositiveInfinity);

    private protected override Tensor? StandardVariance => Tensor.Where(Df2 > 4, Spread(A, Tensor.Where(Df2 > 4, B, 3.0)), double.PositiveInfinity);

    private protected override Tensor? StandardMode => Tensor.Maximum(A - 1, 0.0) / (B + 1);

    private protected override Tensor? StandardEntropy => Tensor.LogBeta(A, B)
        + ((1 + B) * DigammaGap.Instance.Apply(B, A)) + ((A - 1) * DigammaGap.Instance.Apply(A, B));

    private protected override Tensor StandardLogDensity(Tensor z) => Tensor.XLogY(A - 1, z) - ((A + B) * z.Log1p()) - Tensor.LogBeta(A, B);

    private protected override Func<Tensor, Tensor>? LogScaleDensity => y => -(A * (-y).Softplus()) - (B * y.Softplus()) - Tensor.LogBeta(A, B);

    private protected override Tensor StandardCdf(Tensor z) => Tail(IncompleteBeta.Lower, IncompleteBeta.Upper, z);

    private protected override Tensor StandardLogCdf(Tensor z) => Tail(IncompleteBeta.LogLower, IncompleteBeta.LogUpper, z);

    private protected override Tensor StandardSurvival(Tensor z) => Tail(IncompleteBeta.Upper, IncompleteBeta.Lower, z);

    private protected override Tensor StandardLogSurvival(Tensor z) => Tail(IncompleteBeta.LogUpper, IncompleteBeta.LogLower, z);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return Numeric.ExpOrInfinity(LogGammaDraw(first, A, shape) - LogGammaDraw(second, B, shape));
    }

    // A tail at z/(1 + z) or, so that 1 − z/(1 + z) keeps its digits, at its complement.
    private Tensor Tail(IncompleteBeta direct, IncompleteBeta mirrored, Tensor z)
    {
        Tensor small = z <= 1;
        Tensor low = Tensor.Where(small, z, 1.0), high = Tensor.Where(small, 1.0, z);
        return Tensor.Where(small, direct.Apply(A, B, low / (1 + low)), mirrored.Apply(B, A, 1 / (1 + high)));
    }

    // Var of the odds of a Beta(a, b): a·(a + b − 1)/((b − 1)²·(b − 2)).
    private static Tensor Spread(Tensor a, Tensor b) => a * (a + b - 1) / ((b - 1).Square() * (b - 2));
}
