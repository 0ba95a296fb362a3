using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Cholesky factors L of n×n correlation matrices with density ∝ ∏ᵢ Lᵢᵢ^(2(η − 1) + n − i), i from 2, so that the matrices have density ∝ det^(η − 1) (Lewandowski,
/// Kurowicka and Joe 2009): flat over correlation matrices for η = 1, towards the identity above.
/// </summary>
public sealed class LkjCholesky : Distribution, IReparameterized
{
    private readonly int _size;

    /// <summary>Creates the distribution.</summary>
    /// <param name="size">n, the size of the matrices; at least 2.</param>
    /// <param name="concentration">η, [...]; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LkjCholesky(int size, Tensor concentration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        _size = size;
        concentration = ParameterChecks.Single(nameof(LkjCholesky), concentration);
        Concentration = ParameterChecks.Positive(nameof(LkjCholesky), nameof(concentration), concentration);
    }

    /// <summary>η.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("concentration", Concentration)];

    /// <inheritdoc/>
    public override Shape BatchShape => Concentration.Shape;

    /// <inheritdoc/>
    public override Shape EventShape => [_size, _size];

    /// <inheritdoc/>
    public override Support Support => Support.CorrelationCholesky;

    /// <summary>The identity for η ≥ 1; below, where the density is infinite at the edge, NaN.</summary>
    public override Tensor Mode => Tensor.Where((Concentration >= 1).Unsqueeze(-1).Unsqueeze(-1), Tensor.Eye(_size, DType), double.NaN);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor order = (2 * (Concentration - 1)).Unsqueeze(-1) + Tensor.Arange(_size - 2, -1, -1, DType);
        return (order * value.Diagonal()[TensorIndex.Ellipsis, 1..].Log()).Sum(-1) - LogNormalizer;
    }

    /// <summary>The onion method, row by row: a squared radius from a Beta distribution, with implicit gradients, and a uniform direction.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        (RandomKey radii, RandomKey directions) = key.Split();
        Tensor row = Tensor.Arange(1, _size, 1, DType);

        // Row i has radius² from Beta(i/2, η + (n − 1 − i)/2), and in logarithms both it and what is left of 1.
        Tensor below = (0.5 * row).BroadcastTo(BatchShape.Concat([_size - 1]));
        Tensor above = Concentration.Unsqueeze(-1) + (0.5 * (_size - 1 - row));
        (RandomKey first, RandomKey second) = radii.Split();
        Tensor odds = Gamma.StandardLogSample(first, below, shape) - Gamma.StandardLogSample(second, above, shape);
        Tensor radius = (0.5 * odds.LogSigmoid()).Exp(), rest = (0.5 * (-odds).LogSigmoid()).Exp();

        Tensor normal = directions.Normal(shape.Concat(BatchShape).Concat([_size - 1, _size]), DType).Tril();
        Tensor rows = normal / normal.Norm(2, -1, keepDims: true) * radius.Unsqueeze(-1);
        Tensor lower = Tensor.Concat([Tensor.Zeros(rows.Shape[..^2].Concat([1, _size]), DType), rows], -2);
        return lower + Tensor.Concat([Tensor.Ones(rest.Shape[..^1].Concat([1]), DType), rest], -1).DiagEmbed();
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // Σₖ (k/2·ln π + ln Γ(a − k/2) − ln Γ(a)), k = 1 … n − 1, with a = η + (n − 1)/2; the difference is ln B(a − k/2, k/2) − ln Γ(k/2).
    private Tensor LogNormalizer
    {
        get
        {
            double[] k = [.. Enumerable.Range(1, _size - 1).Select(i => 0.5 * i)];
            Tensor half = Tensor.From(k).AsFree().Cast(DType), rest = Concentration.Unsqueeze(-1) + (half.Flip(-1) - 0.5);
            return Tensor.LogBeta(rest, half).Sum(-1) + k.Sum(h => (h * Math.Log(Math.PI)) - Special.LogGamma(h));
        }
    }
}
