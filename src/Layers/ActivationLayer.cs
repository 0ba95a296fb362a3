using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>An activation as a layer of its own.</summary>
public sealed class ActivationLayer : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="activation">What is applied to each feature.</param>
    public ActivationLayer(Activation activation) => Activation = activation;

    /// <summary>What is applied to each feature.</summary>
    public Activation Activation { get; }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["activation"] = Activation.Name });

    /// <inheritdoc/>
    public override string ToString() => $"ActivationLayer({Activation})";

    /// <inheritdoc/>
    protected override Shape OnBuild(Shape input, BuildContext context) => input;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x, ForwardContext context) => Activation.Apply(x);
}
