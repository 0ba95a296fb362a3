using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Normal whose mean depends on the features and whose standard deviation is one trained number, the same for all examples; several outputs share it in
/// standardized units, so that each has it times its own scale. Least squares with a
/// likelihood, and the decoder of a variational autoencoder whose noise is part of the model (Rybkin, Daniilidis and Levine 2021).
/// </summary>
public sealed class HomoscedasticNormalHead : UnivariateHead<Normal>
{
    private readonly double _minScale;
    private Parameter? _rawScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the standard deviation, in standardized units.</param>
    public HomoscedasticNormalHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor) : base(1, outputs) =>
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _rawScale is null ? [] : [.. base.Parameters, _rawScale];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });

    /// <summary>The mean as the targets', the standard deviation as the root of their mean variance.</summary>
    /// <inheritdoc/>
    public override void InitializeFor(TargetStatistics statistics)
    {
        base.InitializeFor(statistics);
        _rawScale!.Value = PositiveParameter.ToRaw(statistics.StdDev.Square().Mean().Sqrt(), _minScale).Cast(_rawScale.DType);
    }

    /// <inheritdoc/>
    public override Normal Rescale(Normal prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        base.OnBuild(features, context);
        _rawScale = context.Parameter("raw_scale", [], new ValueInitializer(() => PositiveParameter.ToRaw(Tensor.Ones([], context.DType), _minScale)));
    }

    /// <inheritdoc/>
    protected override Normal FromParameters(Tensor raw) => new(Parameter(raw, 0), PositiveParameter.FromRaw(_rawScale!, _minScale));

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) => statistics.Mean.Unsqueeze(-1);
}
