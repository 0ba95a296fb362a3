using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Fréchet distribution, of the largest of many with a heavy tail: distribution function exp(−z^−α) on (0, ∞) with z = x/s.</summary>
public sealed class Frechet : HazardFamily, IScale<Frechet>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">s; above 0.</param>
    /// <param name="alpha">α, the tail index; above 0. Moments of order α and more are infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Frechet(Tensor scale, Tensor alpha)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(alpha), alpha))
    {
    }

    /// <summary>s; above 0.</summary>
    public Tensor Scale => this[0];

    /// <summary>α, the tail index; above 0. Moments of order α and more are infinite.</summary>
    public Tensor Alpha => this[1];

    /// <inheritdoc/>
    public Frechet ScaleTransform(Tensor scale) => new(scale * Scale, Alpha);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override bool IsDecreasing => true;

    private protected override Tensor? StandardMean => Tensor.Where(
        Alpha > 1, (1 - (1 / Tensor.Where(Alpha > 1, Alpha, 2.0))).LogGamma().Exp(), double.PositiveInfinity);

    private protected override Tensor? StandardVariance => Tensor.Where(Alpha > 2, GammaMoments.Variance(-1 / Tensor.Where(Alpha > 2, Alpha, 3.0)), double.PositiveInfinity);

    private protected override Tensor? StandardMode => (Alpha / (1 + Alpha)).Pow(1 / Alpha);

    private protected override Tensor? StandardEntropy => 1 - Alpha.Log() + (Constants.EulerGamma * (1 + (1 / Alpha)));

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.Holds(Alpha > 1) ? z => ClosedFormCrps.Frechet(Alpha, z) : null;

    private protected override Tensor StandardLogDensity(Tensor z) => Alpha.Log() - ((Alpha + 1) * z.Log()) - Hazard(z);

    private protected override Func<Tensor, Tensor>? LogScaleDensity => y => Alpha.Log() - (Alpha * y) - (-(Alpha * y)).Exp();

    private protected override Tensor Hazard(Tensor z) => z.Pow(-Alpha);

    private protected override Tensor LogHazard(Tensor z) => -(Alpha * z.Log());

    private protected override Tensor InverseHazard(Tensor h) => h.Pow(-1 / Alpha);
}
