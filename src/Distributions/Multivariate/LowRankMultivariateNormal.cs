using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The Normal distribution of vectors with covariance W·Wᵀ + diag(d), W of few columns: x = μ + W·z + √d·ε. Costs grow with n·r² instead of n³.
/// </summary>
/// <remarks>
/// With the capacity C = I + Wᵀ·diag(d)⁻¹·W and the mean of z given x, ẑ = C⁻¹·Wᵀ·diag(d)⁻¹·(x − μ), the quadratic form is |ẑ|² + Σ (x − μ − W·ẑ)²/d: a sum
/// of positive parts, where the usual difference (Woodbury) cancels. ln det Σ = ln det C + Σ ln d.
/// </remarks>
public sealed class LowRankMultivariateNormal : Distribution, IReparameterized, ILocationScale<LowRankMultivariateNormal>
{
    private readonly Tensor _capacity;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, [..., n].</param>
    /// <param name="covFactor">W, [..., n, r].</param>
    /// <param name="covDiag">d, [..., n]; above 0.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of d is not above 0.</exception>
    public LowRankMultivariateNormal(Tensor loc, Tensor covFactor, Tensor covDiag)
    {
        const string Self = nameof(LowRankMultivariateNormal);
        LinearMaps.RequireAlike(Self, ("loc", loc), ("cov_factor", covFactor), ("cov_diag", covDiag));
        if (covFactor.Rank < 2)
        {
            throw new ShapeException($"{Self}: {nameof(covFactor)} has shape {covFactor.Shape}; it must be [..., n, r].");
        }

        int n = covFactor.Shape[-2];
        CovFactor = covFactor;
        Loc = LinearMaps.RequireVector(Self, nameof(loc), loc, n);
        CovDiag = ParameterChecks.Positive(Self, nameof(covDiag), LinearMaps.RequireVector(Self, nameof(covDiag), covDiag, n));
        BatchShape = Shape.Broadcast(Shape.Broadcast(loc.Shape[..^1], covFactor.Shape[..^2], Self), covDiag.Shape[..^1], Self);
        Tensor scaled = covFactor / covDiag.Unsqueeze(-1);
        _capacity = LinearMaps.Factor(covFactor.Transpose().MatMul(scaled) + Tensor.Eye(covFactor.Shape[-1], covFactor.DType));
    }

    /// <summary>μ, [..., n].</summary>
    public Tensor Loc { get; }

    /// <summary>W, [..., n, r].</summary>
    public Tensor CovFactor { get; }

    /// <summary>d, [..., n].</summary>
    public Tensor CovDiag { get; }

    /// <summary>Σ = W·Wᵀ + diag(d), [..., n, n].</summary>
    public Tensor Covariance => CovFactor.MatMul(CovFactor.Transpose()) + CovDiag.DiagEmbed();

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("cov_factor", CovFactor), ("cov_diag", CovDiag)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => CovFactor.Shape[^2..^1];

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Mode);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact((CovFactor.Square().Sum(-1) + CovDiag).BroadcastTo(SampleShape(Shape.Scalar)));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(SampleShape(Shape.Scalar));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact(((0.5 * LogDeterminant) + (EventShape[0] * (0.5 + Constants.HalfLogTwoPi))).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor offset = value - Loc;
        Tensor projected = LinearMaps.Times(CovFactor.Transpose(), offset / CovDiag);
        Tensor hidden = _capacity.CholeskySolve(projected.Unsqueeze(-1)).Squeeze(-1);
        Tensor rest = offset - LinearMaps.Times(CovFactor, hidden);
        Tensor square = hidden.Square().Sum(-1) + (rest.Square() / CovDiag).Sum(-1);
        return (-0.5 * (square + LogDeterminant)) - (EventShape[0] * Constants.HalfLogTwoPi);
    }

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        (RandomKey hidden, RandomKey own) = key.Split();
        Tensor z = hidden.Normal(shape.Concat(BatchShape).Concat(CovFactor.Shape[^1..]), DType);
        return Loc + LinearMaps.Times(CovFactor, z) + (CovDiag.Sqrt() * own.Normal(SampleShape(shape), DType));
    }

    /// <inheritdoc/>
    public LowRankMultivariateNormal AffineTransform(Tensor loc, Tensor scale) =>
        new(loc + (scale * Loc), (scale.Rank == 0 ? scale : scale.Unsqueeze(-1)) * CovFactor, scale.Square() * CovDiag);

    private protected override Tensor InteriorPoint => Gradient.Stop(Mode);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor LogDeterminant => (2 * LinearMaps.LogDiagonal(_capacity)) + CovDiag.Log().Sum(-1);
}
