using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Lévy distribution: density √(c/2π)·exp(−c/(2(x − μ)))/(x − μ)^(3/2) on (μ, ∞). 1/√z with z = (x − μ)/c is half-Normal; the mean is infinite.</summary>
public sealed class Levy : LocationScaleFamily, ILocationScale<Levy>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the lower end.</param>
    /// <param name="scale">c; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Levy(Tensor loc, Tensor scale)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>μ, the lower end.</summary>
    public Tensor Loc => this[0];

    /// <summary>c; above 0.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public override Support Support => new IntervalSupport(Loc, double.PositiveInfinity, "(loc, ∞)");

    /// <inheritdoc/>
    public Levy AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => double.PositiveInfinity;

    private protected override Tensor? StandardVariance => double.PositiveInfinity;

    private protected override Tensor? StandardMode => 1.0 / 3;

    private protected override Tensor? StandardEntropy => 0.5 * (1 + (3 * Constants.EulerGamma) + Math.Log(16 * Math.PI));

    private protected override Tensor StandardLogDensity(Tensor z) => -((1.5 * z.Log()) + (0.5 / z)) - Constants.HalfLogTwoPi;

    private protected override Tensor StandardCdf(Tensor z) => (Constants.SqrtHalf * z.Rsqrt()).Erfc();

    private protected override Tensor StandardLogCdf(Tensor z) => (-z.Rsqrt()).NormalLogCdf() + Constants.LogTwo;

    private protected override Tensor StandardSurvival(Tensor z) => (Constants.SqrtHalf * z.Rsqrt()).Erf();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => 0.5 / p.ErfcInv().Square();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => 1 / key.Normal(shape, DType).Square();
}
