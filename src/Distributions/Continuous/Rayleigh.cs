using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Rayleigh distribution, of the length of a vector of two Normals: density x/σ²·exp(−x²/(2σ²)) on (0, ∞).</summary>
public sealed class Rayleigh : HazardFamily, IScale<Rayleigh>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">σ, the mode; above 0. The mean is σ·√(π/2).</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Rayleigh(Tensor scale)
        : base(FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>σ, the mode; above 0. The mean is σ·√(π/2).</summary>
    public Tensor Scale => this[0];

    /// <inheritdoc/>
    public Rayleigh ScaleTransform(Tensor scale) => new(scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => Math.Sqrt(0.5 * Math.PI);

    private protected override Tensor? StandardVariance => 2 - (0.5 * Math.PI);

    private protected override Tensor? StandardMode => 1.0;

    private protected override Tensor? StandardEntropy => 1 + (0.5 * (Constants.EulerGamma - Constants.LogTwo));

    private protected override Func<Tensor, Tensor>? StandardCrps => z => Math.Sqrt(2) * ClosedFormCrps.Weibull(Tensor.Scalar(2, DType), Constants.SqrtHalf * z);

    private protected override Tensor StandardLogDensity(Tensor z) => z.Log() - Hazard(z);

    private protected override Tensor Hazard(Tensor z) => 0.5 * z.Square();

    private protected override Tensor LogHazard(Tensor z) => (2 * z.Log()) - Constants.LogTwo;

    private protected override Tensor InverseHazard(Tensor h) => (2 * h).Sqrt();
}
