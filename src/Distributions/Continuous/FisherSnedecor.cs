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
    public override Tensor Cdf(Tensor value) => Guard(value, x => Tail(x, nameof(Cdf), upper: false, 0, 1, static log => log.Exp()), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Tail(x, nameof(LogCdf), upper: false, double.NegativeInfinity, 0, static log => log), 0, Survival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => Tail(x, nameof(Survival), upper: true, 1, 0, static log => log.Exp()), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => Tail(x, nameof(LogSurvival), upper: true, 0, double.NegativeInfinity, static log => log), 0, Cdf);

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

    private protected override Func<Tensor, Tensor>? LogScaleDensity => y => LogitBetaLogDensity.Instance.Apply(A, B, y);

    private protected override Tensor StandardCdf(Tensor z) => LogTail(z.Log(), upper: false).Exp();

    private protected override Tensor StandardSurvival(Tensor z) => LogTail(z.Log(), upper: true).Exp();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return Numeric.ExpOrInfinity(LogGammaDraw(first, A, shape) - LogGammaDraw(second, B, shape));
    }

    // Of ln z: z and its derivatives may leave the range of the type.
    private Tensor Tail(Tensor value, string method, bool upper, double below, double above, Func<Tensor, Tensor> of)
    {
        value = CheckValue(value, method);
        Tensor under = value <= 0, over = value.EqualTo(double.PositiveInfinity);
        Tensor y = LogRatio.Instance.Apply(Tensor.Where(under | over, 1.0, value), Unit!);
        return Tensor.Where(under, below, Tensor.Where(over, above, of(LogTail(y, upper))));
    }

    private Tensor LogTail(Tensor y, bool upper) => upper ? LogitIncompleteBeta.Instance.Apply(B, A, -y) : LogitIncompleteBeta.Instance.Apply(A, B, y);

    // Var of the odds of a Beta(a, b): a·(a + b − 1)/((b − 1)²·(b − 2)).
    private static Tensor Spread(Tensor a, Tensor b) => a * (a + b - 1) / ((b - 1).Square() * (b - 2));
}
