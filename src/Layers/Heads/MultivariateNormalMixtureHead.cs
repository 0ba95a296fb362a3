using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a mixture of Normals of vectors with any covariance each, by the Cholesky factor L = D·U: D diagonal, U with a unit diagonal and entries below it within
/// ±100.
/// </summary>
public sealed class MultivariateNormalMixtureHead : VectorMixtureHead<MultivariateNormal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Normals; at least 1.</param>
    /// <param name="outputs">The length of a target; at least 1.</param>
    /// <param name="minScale">The floor of each entry of D, the standard deviation of a coordinate given those before it, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public MultivariateNormalMixtureHead(int components, int outputs, double minScale = PositiveParameter.DefaultFloor)
        : base(new FullNormalFamily(nameof(MultivariateNormalMixtureHead), outputs, minScale), components) =>
        _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
