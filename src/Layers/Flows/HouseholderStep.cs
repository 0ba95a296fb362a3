using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Reflections one after the other: an orthogonal map, which keeps volumes (Tomczak and Welling 2016). As many as coordinates make any of them.</summary>
/// <param name="reflections">Number of reflections; null for as many as there are coordinates.</param>
public sealed class HouseholderStep(int? reflections = null) : FlowStep
{
    private readonly int? _reflections = reflections is null or > 0
        ? reflections
        : throw new ArgumentOutOfRangeException(nameof(reflections), reflections, "HouseholderStep: at least one reflection is needed.");

    private Parameter? _normals;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _normals is null ? [] : [_normals];

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["reflections"] = _reflections });

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build) =>
        _normals = build.Parameter("normals", [_reflections ?? dimension, dimension], Initializer.RandomNormal(1));

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => Enumerable.Range(0, _normals!.Shape[0])
        .Select(i => (Transform)new HouseholderTransform(((Tensor)_normals)[i]))
        .Aggregate((first, next) => first.Then(next));
}
