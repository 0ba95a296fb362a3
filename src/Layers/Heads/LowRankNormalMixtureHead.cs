using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a mixture of Normals of vectors with covariances D·(I + R·Rᵀ)·D, D diagonal and R of few columns: parameters and costs grow with the length, not with its
/// square.
/// </summary>
public sealed class LowRankNormalMixtureHead : VectorMixtureHead<LowRankMultivariateNormal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Normals; at least 1.</param>
    /// <param name="outputs">The length of a target; at least 1.</param>
    /// <param name="rank">Number of columns of R; from 1 to the length.</param>
    /// <param name="minScale">The floor of each entry of D, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public LowRankNormalMixtureHead(int components, int outputs, int rank, double minScale = PositiveParameter.DefaultFloor)
        : base(new LowRankNormalFamily(nameof(LowRankNormalMixtureHead), outputs, rank, minScale), components)
    {
        _minScale = minScale;
        Rank = rank;
    }

    /// <summary>Number of columns of R.</summary>
    public int Rank { get; }

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["rank"] = Rank, ["min_scale"] = _minScale });
}
