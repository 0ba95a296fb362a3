using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Half of the coordinates pass, the others go through maps whose parameters a network predicts from the first half and the features: RealNVP (Dinh,
/// Sohl-Dickstein and Bengio 2017) with affine maps, NICE (Dinh, Krueger and Bengio 2014) with shifts, a neural spline coupling (Durkan et al. 2019) with splines. Both
/// directions are one pass.
/// </summary>
public sealed class CouplingStep : FlowStep
{
    private readonly ConditionerNetwork _network;

    /// <summary>Creates the step.</summary>
    /// <param name="map">The family of maps.</param>
    /// <param name="swap">Which half is moved: the last coordinates, or, swapped, the first. Steps in a row take turns.</param>
    /// <param name="hidden">The widths of the network's hidden layers; two of 64 by default.</param>
    /// <param name="activation">Between them; ReLU by default.</param>
    /// <exception cref="ArgumentException">There is no hidden layer, or one without units.</exception>
    public CouplingStep(ElementMap map, bool swap = false, IReadOnlyList<int>? hidden = null, Activation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        (Map, Swap, _network) = (map, swap, new ConditionerNetwork(nameof(CouplingStep), hidden, activation));
    }

    /// <summary>The family of maps.</summary>
    public ElementMap Map { get; }

    /// <summary>Whether the first coordinates are moved, and not the last.</summary>
    public bool Swap { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    // Of an odd number, the larger half is moved.
    private int Passing => Dimension / 2;

    /// <inheritdoc/>
    public override LayerDescription Describe()
    {
        var settings = new JsonObject { ["map"] = Map.Describe().ToJson(), ["swap"] = Swap };
        _network.DescribeInto(settings);
        return new(Name, settings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"CouplingStep({Map})";

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        int passing = dimension / 2, moved = dimension - passing;
        _network.Build(passing, context, moved * Map.RawSize, Map.IdentityBias(moved, build.DType), build);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context)
    {
        Func<Tensor, Tensor> network = _network.Bind(context);
        return new CouplingTransform(
            Swap ? Dimension - Passing : Passing,
            passing =>
            {
                Tensor raw = network(passing);
                return Map.FromRaw(raw.Reshape(raw.Shape[..^1].Concat([Dimension - Passing, Map.RawSize])));
            },
            passLast: Swap);
    }
}
