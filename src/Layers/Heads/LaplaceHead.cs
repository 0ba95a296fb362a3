using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a Laplace distribution: the likelihood behind the absolute error, less drawn to outliers than a Normal.</summary>
public sealed class LaplaceHead : UnivariateHead<Laplace>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public LaplaceHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor) : base(2, outputs) =>
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });

    /// <inheritdoc/>
    public override Laplace Rescale(Laplace prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override Laplace FromParameters(Tensor raw) => new(Parameter(raw, 0), PositiveParameter.FromRaw(Parameter(raw, 1), _minScale));

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        // The standard deviation of a Laplace distribution is √2 times its scale.
        Tensor scale = statistics.StdDev / Math.Sqrt(2);
        return Tensor.Stack([statistics.Mean, PositiveParameter.ToRaw(scale, _minScale)], -1);
    }
}
