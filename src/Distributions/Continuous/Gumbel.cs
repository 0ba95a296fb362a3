using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Gumbel distribution, of the largest of many: distribution function exp(−exp(−z)) with z = (x − μ)/β.</summary>
public sealed class Gumbel : HazardFamily, ILocationScale<Gumbel>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mode.</param>
    /// <param name="scale">β; above 0. The standard deviation is β·π/√6.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Gumbel(Tensor loc, Tensor scale)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>μ, the mode.</summary>
    public Tensor Loc => this[0];

    /// <summary>β; above 0. The standard deviation is β·π/√6.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public Gumbel AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override bool IsDecreasing => true;

    private protected override Tensor? StandardMean => Constants.EulerGamma;

    private protected override Tensor? StandardVariance => Math.PI * Math.PI / 6;

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 1 + Constants.EulerGamma;

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.Gumbel;

    private protected override Tensor StandardLogDensity(Tensor z) => GumbelExponent.Instance.Apply(-z);

    private protected override Tensor Hazard(Tensor z) => (-z).Exp();

    private protected override Tensor LogHazard(Tensor z) => -z;

    private protected override Tensor InverseHazard(Tensor h) => -h.Log();
}
