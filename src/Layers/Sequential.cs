using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Layers one after the other.</summary>
public sealed class Sequential : Layer
{
    /// <summary>Creates the layer from its parts, first to last.</summary>
    /// <exception cref="ArgumentException">A layer stands at two places: it has one set of parameters, built for one place.</exception>
    public Sequential(params IReadOnlyList<Layer> layers)
    {
        Layers = [.. layers];
        if (Layers.Distinct(ReferenceEqualityComparer.Instance).Count() != Layers.Count)
        {
            throw new ArgumentException("Sequential: the same layer stands at two places; create a layer for each.", nameof(layers));
        }
    }

    /// <summary>The parts, first to last.</summary>
    public IReadOnlyList<Layer> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Parts => Layers;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["layers"] = new JsonArray([.. Layers.Select(layer => layer.Describe().ToJson())]) });

    /// <inheritdoc/>
    public override string ToString() => $"Sequential({string.Join(", ", Layers)})";

    /// <inheritdoc/>
    protected override Shape OnBuild(Shape input, BuildContext context)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            input = Layers[i].Build(input, context.Child(FormattableString.Invariant($"{i}")));
        }

        return input;
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x, ForwardContext context)
    {
        for (int i = 0; i < Layers.Count; i++)
        {
            x = Layers[i].Forward(x, context.Child(i));
        }

        return x;
    }
}
