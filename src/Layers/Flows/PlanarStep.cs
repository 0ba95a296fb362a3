using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// x + û·tanh(w·x + b), which presses the space together or pulls it apart across a plane (Rezende and Mohamed 2015); w, u and b are a linear function of the
/// features. From data to noise it is in closed form, the other way a root is searched.
/// </summary>
public sealed class PlanarStep : FlowStep
{
    private readonly LinearContext _raw = new();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _raw.Parameters;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build) =>
        _raw.Build(context, (2 * dimension) + 1, Initializer.RandomNormal(1 / Math.Sqrt(dimension)), build);

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context)
    {
        Tensor raw = _raw.Apply(context);
        return new PlanarTransform(raw[TensorIndex.Ellipsis, ..Dimension], raw[TensorIndex.Ellipsis, Dimension..(2 * Dimension)], raw[TensorIndex.Ellipsis, 2 * Dimension]);
    }
}
