using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The beta distribution: density xᵃ⁻¹·(1 − x)ᵇ⁻¹/B(a, b) on [0, 1].</summary>
public sealed class Beta : Univariate, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration1">a, the weight of 1; above 0. The mean is a/(a + b).</param>
    /// <param name="concentration0">b, the weight of 0; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Beta(Tensor concentration1, Tensor concentration0)
    {
        ParameterChecks.Align(nameof(Beta), ref concentration1, ref concentration0);
        Concentration1 = ParameterChecks.Positive(nameof(Beta), nameof(concentration1), concentration1);
        Concentration0 = ParameterChecks.Positive(nameof(Beta), nameof(concentration0), concentration0);
        BatchShape = BroadcastParameters(nameof(Beta), ("concentration1", concentration1), ("concentration0", concentration0));
    }

    /// <summary>a, the weight of 1; above 0. The mean is a/(a + b).</summary>
    public Tensor Concentration1 { get; }

    /// <summary>b, the weight of 0; above 0.</summary>
    public Tensor Concentration0 { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("concentration1", Concentration1), ("concentration0", Concentration0)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Concentration1.DType;

    /// <inheritdoc/>
    public override Support Support => Support.ClosedUnitInterval;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Concentration1 / (Concentration1 + Concentration0));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor total = Concentration1 + Concentration0;
        return Estimate.Exact(Concentration1 / total * (Concentration0 / total) / (total + 1));
    }

    /// <summary>(a − 1)/(a + b − 2) where both are above 1, else the end with the higher density; ½ where a = b = 1.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor inner = (Concentration1 > 1) & (Concentration0 > 1);
            Tensor a = Tensor.Where(inner, Concentration1 - 1, 1.0), b = Tensor.Where(inner, Concentration0 - 1, 1.0);
            Tensor flat = Concentration1.EqualTo(1.0) & Concentration0.EqualTo(1.0);
            Tensor end = (Concentration1 > Concentration0).Cast(DType) + (0 * (Concentration1 + Concentration0));
            return Tensor.Where(inner, a / (a + b), Tensor.Where(flat, Tensor.Scalar(0.5, DType), end));
        }
    }

    /// <summary>ln B(a, b) − (a − 1)·ψ(a) − (b − 1)·ψ(b) + (a + b − 2)·ψ(a + b).</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        (Tensor a, Tensor b) = (Concentration1, Concentration0);
        return Estimate.Exact(Tensor.LogBeta(a, b) + ((a - 1) * DigammaGap.Instance.Apply(a, b)) + ((b - 1) * DigammaGap.Instance.Apply(b, a)));
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => BetaLogDensity.Instance.Apply(Concentration1, Concentration0, value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => IncompleteBeta.Lower.Apply(Concentration1, Concentration0, Clipped(x, nameof(Cdf))), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => IncompleteBeta.LogLower.Apply(Concentration1, Concentration0, Clipped(x, nameof(LogCdf))), 0, LogSurvival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => IncompleteBeta.Upper.Apply(Concentration1, Concentration0, Clipped(x, nameof(Survival))), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) =>
        Guard(value, x => IncompleteBeta.LogUpper.Apply(Concentration1, Concentration0, Clipped(x, nameof(LogSurvival))), 0, LogCdf);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        Tensor points = Tensor.BetaRegularizedInverse(Gradient.Stop(Concentration1), Gradient.Stop(Concentration0), Gradient.Stop(p));
        return ImplicitGradient.Attach(this, points, p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>
    /// y·(2F(y) − 1) + a/(a + b)·(1 − 2F₊(y) − 2·B(2a, 2b)/(a·B(a, b)²)), with F₊ of concentration a + 1 (Jordan, Krüger and Lerch 2019).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        (Tensor a, Tensor b) = (Concentration1, Concentration0);
        Tensor next = IncompleteBeta.Lower.Apply(a + 1, b, Clipped(value, nameof(Crps)));
        Tensor self = 2 * (Tensor.LogBeta(2 * a, 2 * b) - (2 * Tensor.LogBeta(a, b))).Exp() / a;
        return (value * ((2 * Cdf(value)) - 1)) + (a / (a + b) * (1 - (2 * next) - self));
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>The logistic function of the difference of two draws of ln Gamma, so that small concentrations do not divide 0 by 0.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return (Gamma.StandardLogSample(first, Concentration1.BroadcastTo(BatchShape), shape)
            - Gamma.StandardLogSample(second, Concentration0.BroadcastTo(BatchShape), shape)).Sigmoid();
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Clipped(Tensor value, string method) => CheckValue(value, method).Clip(0, 1);
}
