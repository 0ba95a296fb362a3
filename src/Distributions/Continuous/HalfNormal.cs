using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The distribution of |X| for X Normal with mean 0: density √(2/π)·exp(−z²/2)/σ on [0, ∞) with z = x/σ.</summary>
public sealed class HalfNormal : LocationScaleFamily, IScale<HalfNormal>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">σ; above 0. The mean is σ·√(2/π).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public HalfNormal(Tensor scale)
        : base(FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>σ; above 0. The mean is σ·√(2/π).</summary>
    public Tensor Scale => this[0];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public HalfNormal ScaleTransform(Tensor scale) => new(scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => Math.Sqrt(2 / Math.PI);

    private protected override Tensor? StandardVariance => 1 - (2 / Math.PI);

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 0.5 * (1 + Math.Log(0.5 * Math.PI));

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.HalfNormal;

    private protected override Tensor StandardLogDensity(Tensor z) => (-0.5 * z.Square()) + (Constants.LogTwo - Constants.HalfLogTwoPi);

    private protected override Tensor StandardCdf(Tensor z) => (Constants.SqrtHalf * z).Erf();

    private protected override Tensor StandardSurvival(Tensor z) => (Constants.SqrtHalf * z).Erfc();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-z).NormalLogCdf() + Constants.LogTwo;

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Math.Sqrt(2) * p.ErfInv();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => key.Normal(shape, DType).Abs();
}
