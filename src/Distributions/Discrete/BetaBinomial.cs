using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A binomial whose probability is Beta(a, b): mass C(n, k)·B(k + a, n − k + b)/B(a, b) on {0, …, n}.</summary>
public sealed class BetaBinomial : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="totalCount">n, the number of trials; a whole number from 0.</param>
    /// <param name="concentration1">a, the weight of success; above 0. The mean is n·a/(a + b).</param>
    /// <param name="concentration0">b, the weight of failure; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public BetaBinomial(Tensor totalCount, Tensor concentration1, Tensor concentration0)
        : base(
            FamilyParameter.Count(nameof(totalCount), totalCount),
            FamilyParameter.Positive(nameof(concentration1), concentration1),
            FamilyParameter.Positive(nameof(concentration0), concentration0))
    {
    }

    /// <summary>n, the number of trials; a whole number from 0.</summary>
    public Tensor TotalCount => this[0];

    /// <summary>a, the weight of success; above 0. The mean is n·a/(a + b).</summary>
    public Tensor Concentration1 => this[1];

    /// <summary>b, the weight of failure; above 0.</summary>
    public Tensor Concentration0 => this[2];

    /// <inheritdoc/>
    public override Support Support => Support.IntegerInterval(0.0, TotalCount);

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Share));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Share * (1 - Share) * (Total + TotalCount) / (Total + 1)));

    /// <inheritdoc/>
    public override Tensor Mode => NumericMode.Find(this);

    // The mode is searched for among these sums, so that it cannot end their panels.
    internal override Tensor? Peaks => null;

    // A tail is a sum over all outcomes, and a search for quantiles takes a hundred of them.
    internal override QuadratureRule Quadrature(Tensor? cuts = null) => QuadratureRule.UpTo(this, TotalCount) ?? base.Quadrature(cuts);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey beta, RandomKey binomial) = key.Split();
        var probability = new Beta(Concentration1.BroadcastTo(BatchShape), Concentration0.BroadcastTo(BatchShape));
        return binomial.Binomial(TotalCount, probability.Sample(beta, shape));
    }

    private protected override Tensor Top => TotalCount;

    private Tensor Total => Concentration1 + Concentration0;

    private Tensor Share => Concentration1 / Total;

    private protected override Tensor LogMass(Tensor k) =>
        LogMass(Double(TotalCount), Double(Concentration1), Double(Concentration0), Double(k)).Cast(DType);

    private protected override Tensor MassUpTo(Tensor k) => LogMassUpTo(k).Exp();

    private protected override Tensor LogMassUpTo(Tensor k) => LogTail(k, upper: false);

    private protected override Tensor MassAbove(Tensor k) => LogMassAbove(k).Exp();

    private protected override Tensor LogMassAbove(Tensor k) => LogTail(k, upper: true);

    // The logarithm of the mass on one side of k, over all outcomes on a last axis; of the larger side from the smaller one, so that the two add up to 1.
    private Tensor LogTail(Tensor k, bool upper)
    {
        double most = TotalCount.Size == 0 ? 0 : Gradient.Stop(TotalCount).Max().ToScalar();
        Tensor outcomes = Tensor.Arange((int)most + 1, DType.Float64), count = Double(TotalCount).Unsqueeze(-1), at = Double(k).Unsqueeze(-1);
        Tensor each = LogMass(count, Double(Concentration1).Unsqueeze(-1), Double(Concentration0).Unsqueeze(-1), Tensor.Minimum(outcomes, count));
        Tensor above = outcomes > at, wanted = upper ? above : !above;
        Tensor here = Side(wanted), there = Side(!wanted), small = here <= there;
        return Numeric.Propagate(TotalCount, Tensor.Where(small, here, Tensor.Where(small, -1.0, there).Log1mExp()).Cast(DType));

        Tensor Side(Tensor side) => Tensor.Where(side & (outcomes <= count), each, double.NegativeInfinity).LogSumExp(-1);
    }

    // In double: the terms are large where the masses are not.
    private static Tensor LogMass(Tensor n, Tensor a, Tensor b, Tensor k) => Part(a + b, n) - Part(a, k) - Part(b, n - k);

    // ln(x·B(α, x)) = −ln(Γ(α + x)/(x!·Γ(α))), 0 at x = 0: what B(α, 0) would cancel does not appear.
    private static Tensor Part(Tensor alpha, Tensor count)
    {
        Tensor any = (count > 0) | count.IsNaN(), safe = Tensor.Where(any, count, 1.0);
        return Tensor.Where(any, safe.Log() + Tensor.LogBeta(alpha, safe), 0.0);
    }

    private static Tensor Double(Tensor x) => x.Cast(DType.Float64);
}
