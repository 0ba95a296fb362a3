using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Cauchy distribution: density 1/(πγ·(1 + z²)) with z = (x − μ)/γ. It has neither mean nor variance.</summary>
public sealed class Cauchy : LocationScaleFamily, ILocationScale<Cauchy>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the median.</param>
    /// <param name="scale">γ, half the distance of the quartiles; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Cauchy(Tensor loc, Tensor scale)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>μ, the median.</summary>
    public Tensor Loc => this[0];

    /// <summary>γ, half the distance of the quartiles; above 0.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public Cauchy AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => double.NaN;

    private protected override Tensor? StandardVariance => double.NaN;

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => Math.Log(4 * Math.PI);

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.Cauchy;

    private protected override Tensor StandardLogDensity(Tensor z) => -Log1pSquare.Instance.Apply(z) - Constants.LogPi;

    private protected override Tensor StandardCdf(Tensor z) => Tensor.Atan2(1.0, -z) / Math.PI;

    private protected override Tensor StandardSurvival(Tensor z) => Tensor.Atan2(1.0, z) / Math.PI;

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
    {
        // −cot πp, from the nearer end; near the middle as a tangent, so that the median is exact.
        Tensor angle = Math.PI * Tensor.Where(p < 0.5, p, 1 - p), middle = (p - 0.5).Abs() < 0.25;
        Tensor tail = 1 / Tensor.Where(middle, 1.0, angle).Tan();
        return Tensor.Where(middle, (Math.PI * Tensor.Where(middle, p - 0.5, 0.0)).Tan(), Tensor.Where(p < 0.5, -tail, tail));
    };
}
