using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A negative binomial whose probability of success is Beta(a, b): the number of successes before the r-th failure has mass
/// Γ(k + r)/(k!·Γ(r))·B(a + k, b + r)/B(a, b). Its tail falls as k^(−b − 1): counts with bursts.
/// </summary>
public sealed class BetaNegativeBinomial : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="totalCount">r, the number of failures, above 0; need not be whole.</param>
    /// <param name="concentration1">a, the weight of success; above 0.</param>
    /// <param name="concentration0">b, the weight of failure; above 0. The mean r·a/(b − 1) is finite for b above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public BetaNegativeBinomial(Tensor totalCount, Tensor concentration1, Tensor concentration0)
        : base(
            FamilyParameter.Positive(nameof(totalCount), totalCount),
            FamilyParameter.Positive(nameof(concentration1), concentration1),
            FamilyParameter.Positive(nameof(concentration0), concentration0))
    {
    }

    /// <summary>r, the number of failures, above 0; need not be whole.</summary>
    public Tensor TotalCount => this[0];

    /// <summary>a, the weight of success; above 0.</summary>
    public Tensor Concentration1 => this[1];

    /// <summary>b, the weight of failure; above 0. The mean r·a/(b − 1) is finite for b above 1.</summary>
    public Tensor Concentration0 => this[2];

    /// <summary>r·a/(b − 1); ∞ for b up to 1.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) =>
        Estimate.Exact(Wide(Tensor.SafeWhere(Concentration0 > 1, Concentration0, b => TotalCount * Concentration1 / (b - 1), double.PositiveInfinity, 3)));

    /// <summary>r·(r + b − 1)·a·(a + b − 1)/((b − 2)·(b − 1)²); ∞ for b up to 2.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide(Tensor.SafeWhere(
        Concentration0 > 2, Concentration0,
        b => TotalCount * (TotalCount + b - 1) * Concentration1 * (Concentration1 + b - 1) / ((b - 2) * (b - 1).Square()), double.PositiveInfinity, 3)));

    /// <inheritdoc/>
    public override Tensor Mode => Wide(Gradient.Stop(((TotalCount - 1) * (Concentration1 - 1) / (Concentration0 + 1)).Floor().Clip(min: 0)))
        * Wide(((TotalCount > 1) & (Concentration1 > 1)).Cast(DType));

    /// <summary>A Poisson whose rate is a ratio of Gammas, r's times a's over b's.</summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        RandomKey[] keys = key.Split(4);
        Tensor log = Log(keys[0], TotalCount) + Log(keys[1], Concentration1) - Log(keys[2], Concentration0);
        return keys[3].Poisson(log.Clip(max: 0.99 * Math.Log(DType == DType.Float32 ? float.MaxValue : double.MaxValue)).Exp());

        Tensor Log(RandomKey from, Tensor concentration) => from.LogGamma(Gradient.Stop(concentration).BroadcastTo(BatchShape), shape);
    }

    // ln(B(a + b, k + r)/B(b, r)/(k·B(a, k))), whose terms and derivatives stay moderate for tiny a. In double: the terms may be large where the masses are not.
    private protected override Tensor LogMass(Tensor k)
    {
        (Tensor r, Tensor a, Tensor b, Tensor n) = (Double(TotalCount), Double(Concentration1), Double(Concentration0), Double(k));
        Tensor any = (n > 0) | n.IsNaN(), some = Tensor.Where(any, n, 1.0);
        Tensor log = Tensor.LogBeta(a + b, some + r) - Tensor.LogBeta(b, r) - Tensor.LogBeta(a, some) - some.Log();
        return Tensor.Where(any, log, LogGammaCross.Instance.Apply(b, a, r)).Cast(DType);
    }

    private protected override Tensor MassUpTo(Tensor k) => LogMassUpTo(k).Exp();

    private protected override Tensor LogMassUpTo(Tensor k) => LogTail(k, upper: false);

    private protected override Tensor MassAbove(Tensor k) => LogMassAbove(k).Exp();

    private protected override Tensor LogMassAbove(Tensor k) => LogTail(k, upper: true);

    // The tail on the far side of k from about the mean, or the upper one where most are 0, is computed, and the other from it, so that the two add up to 1.
    private Tensor LogTail(Tensor k, bool upper)
    {
        (Tensor r, Tensor a, Tensor b, Tensor n) = (Double(TotalCount), Double(Concentration1), Double(Concentration0), Double(k));
        Tensor none = Gradient.Stop(Tensor.LogBeta(a, b + r) - Tensor.LogBeta(a, b));
        Tensor above = (Gradient.Stop(n * b) >= Gradient.Stop(r * a)) | (none > -Math.Log(2));
        Tensor log = BetaNegativeBinomialTail.Log(
            Tensor.Where(above, n + 1, r), Tensor.Where(above, r, n + 1), Tensor.Where(above, a, b), Tensor.Where(above, b, a)).Clip(max: -1e-18);
        return Tensor.Where(upper ? above : !above, log, log.Log1mExp()).Cast(DType);
    }

    private static Tensor Double(Tensor x) => x.Cast(DType.Float64);
}
