using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The Normal distribution of vectors, by its mean μ and a Cholesky factor L of its covariance: ln f = −½|z|² − Σ ln Lᵢᵢ − (n/2)·ln 2π with z = L⁻¹(x − μ).
/// </summary>
public sealed class MultivariateNormal : Distribution, IReparameterized, ILocationScale<MultivariateNormal>, IFactorized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, [..., n].</param>
    /// <param name="scaleTril">L, [..., n, n], with a positive diagonal; the upper triangle is not read.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number on the diagonal is not above 0.</exception>
    public MultivariateNormal(Tensor loc, Tensor scaleTril)
    {
        LinearMaps.RequireAlike(nameof(MultivariateNormal), ("loc", loc), ("scale_tril", scaleTril));
        ScaleTril = LinearMaps.RequireFactor(nameof(MultivariateNormal), nameof(scaleTril), scaleTril);
        Loc = LinearMaps.RequireVector(nameof(MultivariateNormal), nameof(loc), loc, scaleTril.Shape[-1]);
        BatchShape = Shape.Broadcast(loc.Shape[..^1], scaleTril.Shape[..^2], nameof(MultivariateNormal));
    }

    /// <summary>From the covariance Σ = L·Lᵀ.</summary>
    /// <param name="loc">μ, [..., n].</param>
    /// <param name="covariance">Σ, [..., n, n], symmetric and positive definite.</param>
    /// <exception cref="LinearAlgebraException">A matrix is not positive definite.</exception>
    public static MultivariateNormal FromCovariance(Tensor loc, Tensor covariance)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        return new(loc, LinearMaps.Factor(LinearMaps.RequireSquare(nameof(MultivariateNormal), nameof(covariance), covariance)));
    }

    /// <summary>From the precision Σ⁻¹.</summary>
    /// <param name="loc">μ, [..., n].</param>
    /// <param name="precision">Σ⁻¹, [..., n, n], symmetric and positive definite.</param>
    /// <exception cref="LinearAlgebraException">A matrix is not positive definite.</exception>
    public static MultivariateNormal FromPrecision(Tensor loc, Tensor precision)
    {
        ArgumentNullException.ThrowIfNull(precision);
        LinearMaps.RequireSquare(nameof(MultivariateNormal), nameof(precision), precision);

        // The factor of the matrix with its axes reversed, reversed again, is an upper one: Σ⁻¹ = U·Uᵀ, so that L = U⁻ᵀ is lower.
        Tensor upper = LinearMaps.Factor(precision.Flip(-2, -1)).Flip(-2, -1);
        return new(loc, upper.Transpose().SolveTriangular(Tensor.Eye(precision.Shape[-1], precision.DType).BroadcastTo(precision.Shape)));
    }

    /// <summary>With independent coordinates: a Normal each.</summary>
    /// <param name="loc">The means, [..., n].</param>
    /// <param name="scale">The standard deviations, [..., n]; above 0.</param>
    public static Independent<Normal> Diagonal(Tensor loc, Tensor scale) => new(new Normal(loc, scale), 1);

    /// <summary>μ, [..., n].</summary>
    public Tensor Loc { get; }

    /// <summary>L, [..., n, n].</summary>
    public Tensor ScaleTril { get; }

    /// <summary>Σ = L·Lᵀ, [..., n, n].</summary>
    public Tensor Covariance => ScaleTril.MatMul(ScaleTril.Transpose());

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale_tril", ScaleTril)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => ScaleTril.Shape[^1..];

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Mode);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(ScaleTril.Square().Sum(-1).BroadcastTo(SampleShape(Shape.Scalar)));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(SampleShape(Shape.Scalar));

    /// <summary>(n/2)·(1 + ln 2π) + Σ ln Lᵢᵢ.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact((LinearMaps.LogDiagonal(ScaleTril) + (EventShape[0] * (0.5 + Constants.HalfLogTwoPi))).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) =>
        (-0.5 * LinearMaps.Whiten(ScaleTril, value - Loc).Square().Sum(-1)) - LinearMaps.LogDiagonal(ScaleTril) - (EventShape[0] * Constants.HalfLogTwoPi);

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Loc + LinearMaps.Times(ScaleTril, key.Normal(SampleShape(shape), DType));

    /// <inheritdoc/>
    public MultivariateNormal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale.Rank == 0 ? scale * ScaleTril : scale.Unsqueeze(-1) * ScaleTril);

    /// <summary>The distribution of some coordinates when the others are known.</summary>
    /// <param name="known">Which coordinates are known, each once.</param>
    /// <param name="value">Their values, [..., known].</param>
    /// <returns>The distribution of the others, in their order.</returns>
    /// <exception cref="ArgumentException">A coordinate does not exist or is named twice, or none is left.</exception>
    public MultivariateNormal Given(IReadOnlyList<int> known, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(known);
        int n = EventShape[0];
        int[] others = [.. Enumerable.Range(0, n).Except(known)];
        if (others.Length == 0 || others.Length + known.Count != n)
        {
            throw new ArgumentException(
                $"MultivariateNormal.Given: [{string.Join(", ", known)}] must name each coordinate of 0 … {n - 1} at most once, and not all.", nameof(known));
        }

        // The factor of the covariance with the known coordinates first: its lower right block is that of the conditional covariance.
        Tensor order = Tensor.From<long>([.. known.Concat(others).Select(i => (long)i)]).AsFree();
        Tensor factor = LinearMaps.Factor(Covariance.IndexSelect(-2, order).IndexSelect(-1, order)), loc = Loc.IndexSelect(-1, order);
        int k = known.Count;
        Tensor z = LinearMaps.Whiten(factor[TensorIndex.Ellipsis, ..k, ..k], value - loc[TensorIndex.Ellipsis, ..k]);
        Tensor shift = LinearMaps.Times(factor[TensorIndex.Ellipsis, k.., ..k], z);
        return new(loc[TensorIndex.Ellipsis, k..] + shift, factor[TensorIndex.Ellipsis, k.., k..]);
    }

    /// <summary>The distribution of some coordinates, whatever the others are.</summary>
    /// <param name="coordinates">Which ones, in the wanted order.</param>
    public MultivariateNormal Marginal(params IReadOnlyList<int> coordinates)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        Tensor order = Tensor.From<long>([.. coordinates.Select(i => (long)i)]).AsFree();
        return FromCovariance(Loc.IndexSelect(-1, order), Covariance.IndexSelect(-2, order).IndexSelect(-1, order));
    }

    (Tensor LogDensities, Tensor Cdfs) IFactorized.Factors(Tensor value)
    {
        Tensor z = LinearMaps.Whiten(ScaleTril, value - Loc);
        return ((-0.5 * z.Square()) - ScaleTril.Diagonal().Log() - Constants.HalfLogTwoPi, z.NormalCdf());
    }

    private protected override Tensor InteriorPoint => Gradient.Stop(Mode);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);
}
