using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A map of numbers for each coordinate, whose parameters are a linear function of the features: the plainest step. It starts at the identity.</summary>
/// <param name="map">The family of maps; affine by default.</param>
public sealed class ElementwiseStep(ElementMap? map = null) : FlowStep
{
    private readonly LinearContext _raw = new();

    /// <summary>The family of maps.</summary>
    public ElementMap Map { get; } = map ?? ElementMap.Affine();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _raw.Parameters;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["map"] = Map.Describe().ToJson() });

    /// <inheritdoc/>
    public override string ToString() => $"ElementwiseStep({Map})";

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build) =>
        _raw.Build(context, dimension * Map.RawSize, Map.IdentityBias(dimension, build.DType), build);

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context)
    {
        Tensor raw = _raw.Apply(context);
        return Map.FromRaw(raw.Reshape(raw.Shape[..^1].Concat([Dimension, Map.RawSize]))).Independent(1);
    }
}
