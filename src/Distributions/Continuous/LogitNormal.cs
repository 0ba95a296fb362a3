using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The distribution of 1/(1 + e^−X) for X Normal, on (0, 1).</summary>
public sealed class LogitNormal : LocationScaleFamily
{
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

    private protected override Tensor StandardLogDensity(Tensor z) => (-0.5 * Score(z).Square()) - z.Log() - (-z).Log1p() - Scale.Log() - Constants.HalfLogTwoPi;

    private protected override Tensor StandardCdf(Tensor z) => Score(z).NormalCdf();

    private protected override Tensor StandardLogCdf(Tensor z) => Score(z).NormalLogCdf();

    private protected override Tensor StandardSurvival(Tensor z) => (-Score(z)).NormalCdf();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-Score(z)).NormalLogCdf();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => (Loc + (Scale * p.NormalQuantile())).Sigmoid();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => (Loc + (Scale * key.Normal(shape, DType))).Sigmoid();

    private Tensor Score(Tensor z) => (z.Log() - (-z).Log1p() - Loc) / Scale;
}
