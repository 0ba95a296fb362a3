using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The distribution of 1/(1 + e^−X) for X Normal, on (0, 1).</summary>
public sealed class LogitNormal : LocationScaleFamily
{
    private static readonly double[] s_logits = [-32, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32];

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean of the logit.</param>
    /// <param name="scale">σ, the standard deviation of the logit; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LogitNormal(Tensor loc, Tensor scale)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>μ, the mean of the logit.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ, the standard deviation of the logit; above 0.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.UnitInterval;

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor Top => 1.0;

    private protected override Tensor StandardLogDensity(Tensor z) => LogDensityOfLogit(z.Log() - (-z).Log1p());

    private protected override Tensor StandardCdf(Tensor z) => Score(z).NormalCdf();

    private protected override Tensor StandardLogCdf(Tensor z) => Score(z).NormalLogCdf();

    private protected override Tensor StandardSurvival(Tensor z) => (-Score(z)).NormalCdf();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-Score(z)).NormalLogCdf();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => (Loc + (Scale * p.NormalQuantile())).Sigmoid();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => (Loc + (Scale * key.Normal(shape, DType))).Sigmoid();

    /// <summary>½·ln(2πeσ²) + E[ln x + ln(1 − x)], integrated over the logit, in which x is not rounded to 1.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        QuadratureRule rule = new Normal(Loc, Scale).Quadrature(Cuts(BatchShape));
        Estimate inner = rule.Sum(rule.Weights * -(rule.Points.Softplus() + (-rule.Points).Softplus()));
        return inner with { Value = inner.Value + Scale.Log() + (0.5 + Constants.HalfLogTwoPi) };
    }

    // Panels end where the logistic function changes, which a wide distribution has between two of its quantiles.
    internal override QuadratureRule Quadrature(Tensor? cuts = null)
    {
        Shape batch = cuts is null ? BatchShape : Shape.Broadcast(cuts.Shape[1..], BatchShape);
        Tensor own = Cuts(batch).Sigmoid();
        return QuadratureRule.Of(this, cuts is null ? own : Tensor.Concat([cuts.BroadcastTo(cuts.Shape[..1].Concat(batch)), own]));
    }

    private Tensor Cuts(Shape batch) => Tensor.From(s_logits, [s_logits.Length, .. Enumerable.Repeat(1, batch.Rank)]).Cast(DType)
        .BroadcastTo(Shape.Create([s_logits.Length]).Concat(batch));

    // −ln x − ln(1 − x) in terms of the logit, so that one path leads to the value.
    private Tensor LogDensityOfLogit(Tensor logit) =>
        logit.Softplus() + (-logit).Softplus() - (0.5 * ((logit - Loc) / Scale).Square()) - Scale.Log() - Constants.HalfLogTwoPi;

    private Tensor Score(Tensor z) => (z.Log() - (-z).Log1p() - Loc) / Scale;
}
