using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a Normal whose mean and standard deviation both depend on the features (Nix and Weigend 1994).</summary>
public sealed class NormalHead : UnivariateHead<Normal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the standard deviation, in standardized units.</param>
    public NormalHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor) : base(2, outputs) =>
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });

    /// <inheritdoc/>
    public override Normal Rescale(Normal prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override Normal FromParameters(Tensor raw) =>
        new(Parameter(raw, 0), PositiveParameter.FromRaw(Parameter(raw, 1), _minScale));

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) =>
        Tensor.Stack([statistics.Mean, PositiveParameter.ToRaw(statistics.StdDev, _minScale)], -1);
}
