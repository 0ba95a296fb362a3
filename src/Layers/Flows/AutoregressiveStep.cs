using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Each coordinate goes through a map whose parameters a masked network predicts from the coordinates before it and the features: a masked autoregressive flow
/// (Papamakarios, Pavlakou and Murray 2017) with affine maps, an autoregressive neural spline flow (Durkan et al. 2019) with splines. From data to noise it is one pass,
/// the other way one for each coordinate; inverted (<see cref="InvertedStep"/>) it is an inverse autoregressive flow (Kingma et al. 2016), whose sampling is one pass.
/// </summary>
public sealed class AutoregressiveStep : FlowStep
{
    private readonly ConditionerNetwork _network;

    /// <summary>Creates the step.</summary>
    /// <param name="map">The family of maps.</param>
    /// <param name="swap">Whether the order of the coordinates is last to first. Steps in a row take turns.</param>
    /// <param name="hidden">The widths of the network's hidden layers; two of 64 by default.</param>
    /// <param name="activation">Between them; ReLU by default.</param>
    /// <exception cref="ArgumentException">There is no hidden layer, or one without units.</exception>
    public AutoregressiveStep(ElementMap map, bool swap = false, IReadOnlyList<int>? hidden = null, Activation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        (Map, Swap, _network) = (map, swap, new ConditionerNetwork(nameof(AutoregressiveStep), hidden, activation));
    }

    /// <summary>The family of maps.</summary>
    public ElementMap Map { get; }

    /// <summary>Whether the last coordinate comes first.</summary>
    public bool Swap { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public override LayerDescription Describe()
    {
        var settings = new JsonObject { ["map"] = Map.Describe().ToJson(), ["swap"] = Swap };
        _network.DescribeInto(settings);
        return new(Name, settings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"AutoregressiveStep({Map})";

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        int[] order = [.. Enumerable.Range(0, dimension)];
        _network.Build(
            dimension, context, dimension * Map.RawSize, Map.IdentityBias(dimension, build.DType), build,
            inputDegrees: [.. order.Select(i => (Swap ? dimension - 1 - i : i) + 1)],
            outputDegrees: [.. order.SelectMany(i => Enumerable.Repeat(Swap ? dimension - 1 - i : i, Map.RawSize))]);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context)
    {
        Func<Tensor, Tensor> network = _network.Bind(context);
        return new AutoregressiveTransform(x =>
        {
            Tensor raw = network(x);
            return Map.FromRaw(raw.Reshape(raw.Shape[..^1].Concat([Dimension, Map.RawSize])));
        });
    }
}
