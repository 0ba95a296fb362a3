using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A fully connected layer: activation(x·W + b), with W of shape [inFeatures, units].</summary>
public sealed class Dense : Layer
{
    private readonly Initializer _initializer;
    private Parameter? _weight;
    private Parameter? _bias;

    /// <summary>Creates the layer.</summary>
    /// <param name="units">Number of output features; at least 1.</param>
    /// <param name="activation">Applied to the result; none by default.</param>
    /// <param name="useBias">Whether b is there.</param>
    /// <param name="initializer">How W starts; by default what suits the activation. b starts at 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one unit.</exception>
    public Dense(int units, Activation? activation = null, bool useBias = true, Initializer? initializer = null)
    {
        if (units < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(units), units, "Dense: at least one unit is needed.");
        }

        Units = units;
        Activation = activation ?? Activation.Identity;
        UseBias = useBias;
        _initializer = initializer ?? Activation.DefaultInitializer;
    }

    /// <summary>Number of output features.</summary>
    public int Units { get; }

    /// <summary>What is applied to the result.</summary>
    public Activation Activation { get; }

    /// <summary>Whether a bias is added.</summary>
    public bool UseBias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _weight is null ? [] : _bias is null ? [_weight] : [_weight, _bias];

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["units"] = Units,
        ["activation"] = Activation.Name,
        ["use_bias"] = UseBias,
        ["initializer"] = _initializer.Describe().ToJson(),
    });

    /// <inheritdoc/>
    public override string ToString()
    {
        string activation = Activation == Activation.Identity ? "" : $", {Activation}";
        return IsBuilt ? $"Dense({InputShape[0]} => {Units}{activation})" : $"Dense({Units}{activation})";
    }

    /// <inheritdoc/>
    protected override Shape OnBuild(Shape input, BuildContext context)
    {
        if (input.Rank != 1)
        {
            throw new ShapeException($"{this}: expects inputs of shape [n, features], but got {ShapeText.Batch(input)}; flatten them first.");
        }

        _weight = context.Parameter("weight", [input[0], Units], _initializer);
        _bias = UseBias ? context.Parameter("bias", [Units], Initializer.Zeros) : null;
        return [Units];
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x, ForwardContext context)
    {
        Tensor y = x.MatMul(_weight!);
        return Activation.Apply(_bias is null ? y : y + _bias);
    }
}
