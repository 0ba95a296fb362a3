using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// x + β·(x − c)/(α + |x − c|), which moves points towards a centre or away from it (Rezende and Mohamed 2015); c, α and β are a linear function of the features.
/// Both directions are in closed form.
/// </summary>
public sealed class RadialStep : FlowStep
{
    private readonly LinearContext _raw = new();

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _raw.Parameters;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name);

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build) =>
        _raw.Build(context, dimension + 2, Initializer.RandomNormal(1), build);

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context)
    {
        Tensor raw = _raw.Apply(context);
        Tensor alpha = PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, Dimension], PositiveParameter.DefaultFloor);
        return new RadialTransform(raw[TensorIndex.Ellipsis, ..Dimension], alpha, raw[TensorIndex.Ellipsis, Dimension + 1]);
    }
}
