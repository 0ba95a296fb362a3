using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a distribution of vectors coordinate by coordinate, each by a mixture of Normals given the features and the coordinates before it (RNADE; Uria, Murray
/// and Larochelle 2013): any dependence and several modes, with an exact density. Targets are [n, outputs].
/// </summary>
public sealed class AutoregressiveMixtureHead : Head<AutoregressiveMixture>
{
    private readonly double _minScale;
    private AutoregressiveNetwork? _network;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">The length of a target; at least 1.</param>
    /// <param name="components">Number of Normals of each conditional; at least 1.</param>
    /// <param name="hidden">Units of the hidden layer of each conditional; at least 1.</param>
    /// <param name="minScale">The floor of each standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public AutoregressiveMixtureHead(int outputs, int components = 8, int hidden = 64, double minScale = PositiveParameter.DefaultFloor)
    {
        Outputs = OutputCount.Require(Name, outputs);
        Components = components >= 1
            ? components
            : throw new ArgumentOutOfRangeException(nameof(components), components, $"{Name}: at least one component is needed.");
        Hidden = hidden >= 1
            ? hidden
            : throw new ArgumentOutOfRangeException(nameof(hidden), hidden, $"{Name}: at least one hidden unit is needed.");
        _minScale = PositiveParameter.RequireFloor(Name, nameof(minScale), minScale);
    }

    /// <summary>The length of a target.</summary>
    public int Outputs { get; }

    /// <summary>Number of Normals of each conditional.</summary>
    public int Components { get; }

    /// <summary>Units of the hidden layer of each conditional.</summary>
    public int Hidden { get; }

    /// <inheritdoc/>
    public override Shape TargetShape => [Outputs];

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network?.Parameters ?? [];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["outputs"] = Outputs, ["components"] = Components, ["hidden"] = Hidden, ["min_scale"] = _minScale });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}({Outputs}, {Components})");

    /// <inheritdoc/>
    public override void InitializeFor(TargetStatistics statistics) => _network!.InitializeFor(statistics);

    /// <inheritdoc/>
    public override AutoregressiveMixture Forward(Tensor features) => new(_network!, _network!.Context(features), _network!.Weights);

    /// <inheritdoc/>
    public override Tensor Loss(AutoregressiveMixture prediction, Tensor target, LossContext context) => -prediction.LogDensity(target);

    /// <inheritdoc/>
    public override AutoregressiveMixture Rescale(AutoregressiveMixture prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context) =>
        _network = new AutoregressiveNetwork(new NormalFamily(_minScale), Outputs, Components, Hidden, features[0], context);
}
