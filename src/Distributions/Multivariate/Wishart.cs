using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The Wishart distribution of positive definite n×n matrices, of X·Xᵀ with ν Normal columns of covariance V = L·Lᵀ. With X = C·Cᵀ:
/// ln f = (ν − n − 1)·Σ ln Cᵢᵢ − ½|L⁻¹C|² − (νn/2)·ln 2 − ν·Σ ln Lᵢᵢ − ln Γₙ(ν/2), with respect to the lower triangle.
/// </summary>
public sealed class Wishart : Distribution, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">ν, the degrees of freedom, [...]; above n − 1.</param>
    /// <param name="scaleTril">L, [..., n, n], lower triangular with a positive diagonal.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    /// <exception cref="ShapeException">L is not square.</exception>
    public Wishart(Tensor df, Tensor scaleTril)
    {
        ScaleTril = LinearMaps.RequireFactor(nameof(Wishart), nameof(scaleTril), scaleTril);
        Df = Bartlett.RequireDf(nameof(Wishart), df, scaleTril);
        BatchShape = Shape.Broadcast(Df.Shape, scaleTril.Shape[..^2], nameof(Wishart));
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

    /// <summary>ν·V.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Bartlett.Wide(Df) * Scale);

    /// <summary>ν·(Vᵢⱼ² + Vᵢᵢ·Vⱼⱼ).</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor scale = Scale, diagonal = scale.Diagonal();
        return Estimate.Exact(Bartlett.Wide(Df) * (scale.Square() + diagonal.Outer(diagonal)));
    }

    /// <summary>(ν − n − 1)·V for ν ≥ n + 1; below, where the density is infinite at singular matrices, NaN.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor factor = Df - (Size + 1);
            return Bartlett.Wide(Tensor.Where(factor >= 0, factor, double.NaN)) * Scale;
        }
    }

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact(Bartlett.Entropy(Df, Size, Powers) + ((Size + 1) * LinearMaps.LogDiagonal(ScaleTril)));

    /// <summary>By the triangle L⁻¹·C, whose diagonal holds roots of χ² and the rest Normals.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) =>
        Bartlett.LogDensity(Df, ScaleTril.SolveTriangular(LinearMaps.Factor(value)), Powers) - ((Size + 1) * LinearMaps.LogDiagonal(ScaleTril));

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        Tensor factor = ScaleTril.MatMul(Bartlett.Sample(key, Df.BroadcastTo(BatchShape), Size, shape));
        return factor.MatMul(factor.Transpose());
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // i + 1 − n.
    private Tensor Powers => Bartlett.Powers(1 - Size, Size, DType);

    private int Size => ScaleTril.Shape[-1];

    private Tensor Scale => ScaleTril.MatMul(ScaleTril.Transpose());
}
