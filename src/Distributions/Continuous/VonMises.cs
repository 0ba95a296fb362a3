using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The von Mises distribution of angles: density exp(κ·cos(x − μ))/(2π·I₀(κ)) on [μ − π, μ + π].</summary>
public sealed class VonMises : LocationScaleFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean direction, in radians.</param>
    /// <param name="concentration">κ; above 0. For large values close to a Normal with variance 1/κ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public VonMises(Tensor loc, Tensor concentration)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(concentration), concentration))
    {
    }

    /// <summary>μ, the mean direction, in radians.</summary>
    public Tensor Loc => this[0];

    /// <summary>κ; above 0. For large values close to a Normal with variance 1/κ.</summary>
    public Tensor Concentration => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.Interval(Loc - Math.PI, Loc + Math.PI);

    /// <summary>1 − I₁(κ)/I₀(κ), one minus the length of the mean direction: 0 for a point, 1 for the uniform distribution.</summary>
    public Tensor CircularVariance => Wide(VonMisesVariance.Of(Concentration));

    /// <summary>The same angle, by full turns, within [μ − π, μ + π].</summary>
    /// <param name="angle">Any angle, in radians, broadcast against the batch.</param>
    public Tensor Wrap(Tensor angle)
    {
        Tensor turned = CheckValue(angle, nameof(Wrap)) - (2 * Math.PI * ((angle - Gradient.Stop(Loc)) / (2 * Math.PI)).Round());
        return Tensor.Maximum(Tensor.Minimum(turned, Gradient.Stop(Loc) + Math.PI), Gradient.Stop(Loc) - Math.PI);
    }

    private protected override Tensor? Origin => Loc;

    private protected override Tensor Bottom => -Math.PI;

    private protected override Tensor Top => Math.PI;

    private protected override Tensor? StandardMean => 0.0;

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => Constants.LogTwo + Constants.LogPi + Concentration.BesselI0e().Log() + (Concentration * CircularVariance);

    private protected override (TailOp Tail, Tensor Shape)? Inverse => (VonMisesTail.Cdf, Concentration);

    private protected override Tensor StandardLogDensity(Tensor z) => StandardLogDensity(Concentration, z);

    private protected override Tensor StandardCdf(Tensor z) => VonMisesTail.Cdf.Apply(Concentration, z);

    private protected override Tensor StandardLogCdf(Tensor z) => VonMisesTail.LogCdf.Apply(Concentration, z);

    private protected override Tensor StandardSurvival(Tensor z) => VonMisesTail.Survival.Apply(Concentration, z);

    private protected override Tensor StandardLogSurvival(Tensor z) => VonMisesTail.LogSurvival.Apply(Concentration, z);

    /// <summary>The log density around 0: −2κ·sin²(x/2) − ln(2π·e^−κ·I₀(κ)), in which the peak does not cancel.</summary>
    internal static Tensor StandardLogDensity(Tensor concentration, Tensor z) =>
        -((2 * concentration * (0.5 * z).Sin().Square()) + concentration.BesselI0e().Log()) - (Constants.LogTwo + Constants.LogPi);

    // Best and Fisher (1979), differentiated implicitly.
    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        Tensor angle = key.VonMises(Gradient.Stop(Concentration).BroadcastTo(BatchShape), shape[..(shape.Rank - BatchShape.Rank)]);
        return Standardize(ImplicitGradient.Attach(this, Gradient.Stop(Loc) + angle, null));
    }
}
