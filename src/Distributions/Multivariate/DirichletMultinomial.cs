using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Counts of n trials whose class probabilities come from a Dirichlet distribution: overdispersed, mass n!·Γ(α₀)/Γ(n + α₀)·∏ Γ(xᵢ + αᵢ)/(xᵢ!·Γ(αᵢ)).</summary>
public sealed class DirichletMultinomial : Distribution
{
    private readonly Dirichlet _probs;

    /// <summary>Creates the distribution.</summary>
    /// <param name="total">n, the number of trials, [...]; whole.</param>
    /// <param name="concentration">α, [..., K]; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public DirichletMultinomial(Tensor total, Tensor concentration)
    {
        _probs = new Dirichlet(concentration);
        TotalCount = CountVectors.RequireTotal(nameof(DirichletMultinomial), total, _probs.DType);
        BatchShape = Shape.Broadcast(TotalCount.Shape, _probs.BatchShape, nameof(DirichletMultinomial));
        Support = CountVectors.Support(TotalCount);
    }

    /// <summary>n, the number of trials.</summary>
    public Tensor TotalCount { get; }

    /// <summary>α, [..., K].</summary>
    public Tensor Concentration => _probs.Concentration;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("concentration", Concentration), ("total", TotalCount)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => _probs.EventShape;

    /// <inheritdoc/>
    public override Support Support { get; }

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(TotalCount.Unsqueeze(-1) * Share);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor sum = Concentration.Sum(-1, keepDims: true), n = TotalCount.Unsqueeze(-1);
        return Estimate.Exact(n * Share * (1 - Share) * ((n + sum) / (1 + sum)));
    }

    /// <summary>One trial after another to the greatest (xᵢ + αᵢ)/(xᵢ + 1), which is right where every concentration is at least 1; else NaN.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor alpha = Gradient.Stop(Concentration);
            Tensor start = Tensor.Zeros(SampleShape(Shape.Scalar), DType);
            Tensor filled = CountVectors.Fill(start, Gradient.Stop(TotalCount).BroadcastTo(BatchShape), counts => (counts + alpha) / (counts + 1));
            return Tensor.Where((alpha >= 1).All(-1, keepDims: true), filled, double.NaN);
        }
    }

    /// <summary>
    /// Σ r(αᵢ, xᵢ) − r(α₀, n) with r(α, x) = ln(Γ(α + x)/(x!·Γ(α))·pᵅ·qˣ), a negative binomial, for any p and q = 1 − p: at q = n/(n + α₀) large terms do not cancel.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        Tensor sum = Concentration.Sum(-1), all = Gradient.Stop(sum + TotalCount), p = Gradient.Stop(sum) / all, q = TotalCount / all;
        return Part(Concentration, value, p.Unsqueeze(-1), q.Unsqueeze(-1)).Sum(-1) - Part(sum, TotalCount, p, q);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey probs, RandomKey counts) = key.Split();
        Shape missing = BatchShape[..(BatchShape.Rank - _probs.BatchShape.Rank)];
        Tensor drawn = _probs.Sample(probs, shape.Concat(missing));
        return CountVectors.Draw(counts, Gradient.Stop(TotalCount).BroadcastTo(shape.Concat(BatchShape)), drawn.BroadcastTo(SampleShape(shape)), Shape.Scalar);
    }

    private Tensor Share => Concentration / Concentration.Sum(-1, keepDims: true);

    // The negative binomial from the binomial of α of α + x trials (Loader 2000).
    private static Tensor Part(Tensor alpha, Tensor count, Tensor p, Tensor q)
    {
        Tensor all = alpha + count;
        Tensor binomial = PoissonLogMass.Instance.Apply(alpha, all * p) + PoissonLogMass.Instance.Apply(count, all * q) - PoissonLogMass.Instance.Apply(all, all);
        return binomial + LogRatio.Instance.Apply(alpha, all);
    }
}
