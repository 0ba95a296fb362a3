using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution of the inverse of a Wishart matrix with scale Ψ⁻¹, Ψ = L·Lᵀ: the conjugate prior of a covariance. With X = C·Cᵀ:
/// ln f = ν·Σ ln Lᵢᵢ − (ν + n + 1)·Σ ln Cᵢᵢ − ½|C⁻¹L|² − (νn/2)·ln 2 − ln Γₙ(ν/2), with respect to the lower triangle.
/// </summary>
public sealed class InverseWishart : Distribution, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">ν, the degrees of freedom, [...]; above n − 1.</param>
    /// <param name="scaleTril">L, [..., n, n], lower triangular with a positive diagonal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    /// <exception cref="ShapeException">L is not square.</exception>
    public InverseWishart(Tensor df, Tensor scaleTril)
    {
        ScaleTril = LinearMaps.RequireFactor(nameof(InverseWishart), nameof(scaleTril), scaleTril);
        Df = Bartlett.RequireDf(nameof(InverseWishart), df, scaleTril);
        BatchShape = Shape.Broadcast(Df.Shape, scaleTril.Shape[..^2], nameof(InverseWishart));
    }

    /// <summary>ν, the degrees of freedom.</summary>
    public Tensor Df { get; }

    /// <summary>L, [..., n, n].</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("df", Df), ("scale_tril", ScaleTril)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => ScaleTril.Shape[^2..];

    /// <inheritdoc/>
    public override Support Support => Support.PositiveDefinite;

    /// <summary>Ψ/(ν − n − 1) for ν &gt; n + 1, else NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Scale / Above(1));

    /// <summary>((ν − n + 1)·ψᵢⱼ² + (ν − n − 1)·ψᵢᵢ·ψⱼⱼ)/((ν − n)(ν − n − 1)²(ν − n − 3)) for ν &gt; n + 3, else NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor scale = Scale, diagonal = scale.Diagonal(), m = Above(3) + 3;
        return Estimate.Exact((((m + 1) * scale.Square()) + ((m - 1) * diagonal.Outer(diagonal))) / (m * (m - 1).Square() * (m - 3)));
    }

    /// <summary>Ψ/(ν + n + 1).</summary>
    public override Tensor Mode => Scale / Bartlett.Wide(Df + (Size + 1));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact(Bartlett.Entropy(Df, Size, Powers + (Size + 1)) + ((Size + 1) * LinearMaps.LogDiagonal(ScaleTril)));

    /// <summary>By the triangle C⁻¹·L, whose diagonal holds roots of χ² and the rest Normals.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor factor = LinearMaps.Factor(value);
        return Bartlett.LogDensity(Df, factor.SolveTriangular(ScaleTril), Powers) - ((Size + 1) * LinearMaps.LogDiagonal(factor));
    }

    /// <summary>
    /// (A⁻¹Lᵀ)ᵀ(A⁻¹Lᵀ) with the triangular A of a Wishart draw, whose diagonal is at least 1e-50, or 1e-6 in Float32: close to ν = n − 1 most draws are beyond the range of
    /// the type.
    /// </summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        double least = DType == DType.Float64 ? 1e-50 : 1e-6;
        Tensor factor = Bartlett.Sample(key, Df.BroadcastTo(BatchShape), Size, shape, least).SolveTriangular(ScaleTril.Transpose());
        return factor.Transpose().MatMul(factor);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // i + 2.
    private Tensor Powers => Bartlett.Powers(2, Size, DType);

    private int Size => ScaleTril.Shape[-1];

    private Tensor Scale => ScaleTril.MatMul(ScaleTril.Transpose());

    // ν − n − k where that is above 0, else NaN.
    private Tensor Above(int k)
    {
        Tensor excess = Df - (Size + k);
        return Bartlett.Wide(Tensor.Where(excess > 0, excess, double.NaN));
    }
}
