using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The von Mises distribution of angles told on [−π, π], wherever its mean direction is: density exp(κ·cos(x − μ))/(2π·I₀(κ)). Unlike <see cref="VonMises"/>, whose
/// interval is centred on its mean direction, it can be scored and mixed on one interval of angles.
/// </summary>
public sealed class CircularVonMises : Univariate
{
    private readonly VonMises _source;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean direction, in radians, in [−π, π].</param>
    /// <param name="concentration">κ; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The concentration is not above 0.</exception>
    public CircularVonMises(Tensor loc, Tensor concentration) => _source = new(loc, concentration);

    /// <summary>μ, the mean direction, in radians.</summary>
    public Tensor Loc => _source.Loc;

    /// <summary>κ; above 0. For large values close to a Normal with variance 1/κ.</summary>
    public Tensor Concentration => _source.Concentration;

    /// <summary>1 − I₁(κ)/I₀(κ): 0 for a point, 1 for the uniform distribution.</summary>
    public Tensor CircularVariance => _source.CircularVariance;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _source.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => _source.BatchShape;

    /// <inheritdoc/>
    public override Support Support { get; } = Support.Interval(-Math.PI, Math.PI);

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => _source.LogDensity(value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value)
    {
        value = CheckValue(value, nameof(Cdf));
        return (Unrolled(value.Clip(-Math.PI, Math.PI)) - Unrolled(-Math.PI)).Clip(0, 1);
    }

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value)
    {
        value = CheckValue(value, nameof(Survival));
        return (Unrolled(Math.PI) - Unrolled(value.Clip(-Math.PI, Math.PI))).Clip(0, 1);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor draws = _source.Sample(key, shape), turned = draws - (2 * Math.PI * (draws / (2 * Math.PI)).Round());
        return turned.Clip(-Math.PI, Math.PI);
    }

    // The distribution function around the mean direction, plus 1 a full turn.
    private Tensor Unrolled(Tensor angle)
    {
        Tensor turns = (Gradient.Stop(angle - Loc) / (2 * Math.PI)).Round();
        return turns + _source.Cdf(angle - (2 * Math.PI * turns));
    }
}
