using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = x + β·(x − c)/(α + r) with r = |x − c| and β = softplus(raw) − α, so that the map is invertible (Rezende and Mohamed 2015): points move
/// towards a centre or away from it.
/// </summary>
/// <remarks>
/// With s = softplus(raw) the radius becomes ρ = r·(r + s)/(r + α), which is a quadratic equation for r: the inverse is in closed form. The log-determinant is
/// (n − 1)·ln((r + s)/(r + α)) + ln((r² + 2αr + αs)/(r + α)²), in which nothing cancels.
/// </remarks>
public sealed class RadialTransform : Transform
{
    private readonly Tensor _s;

    /// <summary>Creates the map.</summary>
    /// <param name="center">c, [..., n].</param>
    /// <param name="alpha">α, [...]; above 0: how far the centre reaches.</param>
    /// <param name="rawBeta">Any number, [...]: β = softplus(rawBeta) − α.</param>
    /// <exception cref="ShapeException">The centre is a scalar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">α is not above 0.</exception>
    public RadialTransform(Tensor center, Tensor alpha, Tensor rawBeta)
    {
        Center = LinearMaps.RequireVector(nameof(RadialTransform), nameof(center), center);
        Alpha = ParameterChecks.Positive(nameof(RadialTransform), nameof(alpha), ParameterChecks.Literal(alpha, center.DType));
        RawBeta = ParameterChecks.Literal(rawBeta, center.DType);

        // A floor of 1e-30: below it the centre would be all that the map reaches.
        _s = RawBeta.Softplus() + 1e-30;
        BatchShape = Shape.Broadcast(Shape.Broadcast(center.Shape[..^1], Alpha.Shape), RawBeta.Shape, nameof(RadialTransform));
    }

    /// <summary>c, [..., n].</summary>
    public Tensor Center { get; }

    /// <summary>α, [...].</summary>
    public Tensor Alpha { get; }

    /// <summary>What β is made of, [...].</summary>
    public Tensor RawBeta { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("center", Center), ("alpha", Alpha), ("raw_beta", RawBeta)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor offset = x - Center, r = offset.Norm(2, -1);
        Tensor reach = r + Alpha, stretch = (r + _s) / reach, share = Alpha / reach;

        // (r² + 2αr + αs)/(r + α)² = 1 − share·(α − s)/(r + α), as a sum of positive parts: (r/(r + α))² + share·(2r + s)/(r + α).
        Tensor radial = (r / reach).Square() + (share * (((2 * r) + _s) / reach));
        return (Center + (offset * stretch.Unsqueeze(-1)), ((x.Shape[-1] - 1) * stretch.Log()) + radial.Log());
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor offset = y - Center, rho = offset.Norm(2, -1);
        Tensor gap = rho - _s, product = 4 * Alpha * rho, root = Tensor.Hypot(gap, product.Sqrt());

        // The positive root of r² − (ρ − s)·r − αρ, without cancellation on either side.
        Tensor outside = gap >= 0;
        Tensor r = 0.5 * Tensor.Where(outside, root + gap, product / Tensor.Where(outside, 1.0, root - gap));
        return Center + (offset * ((r + Alpha) / (r + _s)).Unsqueeze(-1));
    }
}
