using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The distribution of |X| for X Cauchy around 0: density 2/(πγ·(1 + z²)) on [0, ∞) with z = x/γ. The mean is infinite.</summary>
public sealed class HalfCauchy : LocationScaleFamily, IScale<HalfCauchy>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">γ, the median; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public HalfCauchy(Tensor scale)
        : base(FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>γ, the median; above 0.</summary>
    public Tensor Scale => this[0];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public HalfCauchy ScaleTransform(Tensor scale) => new(scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => double.PositiveInfinity;

    private protected override Tensor? StandardVariance => double.PositiveInfinity;

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => Math.Log(2 * Math.PI);

    private protected override Tensor StandardLogDensity(Tensor z) => (Constants.LogTwo - Constants.LogPi) - Log1pSquare.Instance.Apply(z);

    private protected override Tensor StandardCdf(Tensor z) => 2 / Math.PI * z.Atan();

    private protected override Tensor StandardSurvival(Tensor z) => 2 / Math.PI * Tensor.Atan2(1.0, z);

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Tensor.Where(
        p < 0.5, (0.5 * Math.PI * Tensor.Where(p < 0.5, p, 0.25)).Tan(), 1 / (0.5 * Math.PI * Tensor.Where(p < 0.5, 0.25, 1 - p)).Tan());
}
