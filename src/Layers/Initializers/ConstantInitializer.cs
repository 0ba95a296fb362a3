using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>The same value everywhere.</summary>
internal sealed class ConstantInitializer(double value) : Initializer
{
    public const string Kind = "constant";

    public override string Name => Kind;

    public override LayerDescription Describe() => new(Name, new JsonObject { ["value"] = value });

    public override Tensor Create(Shape shape, RandomKey key, DType dtype) => Tensor.Full(shape, value, dtype);
}
