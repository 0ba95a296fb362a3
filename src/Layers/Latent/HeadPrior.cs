using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>What a head predicts, from the features of the autoencoder or from none.</summary>
internal sealed class HeadPrior(IHead head, bool isConditional) : LatentPrior
{
    public const string Kind = "head";

    private readonly INestedHead _head = LatentVectors.RequireDensity(head, "prior");

    internal override IReadOnlyList<Parameter> Parameters => _head.Parameters;

    internal override IReadOnlyList<Parameter> State => _head.State;

    internal override LayerDescription Describe() =>
        new(Kind, new JsonObject { ["head"] = _head.Describe().ToJson(), ["is_conditional"] = isConditional });

    internal override void Require(int latentSize) => LatentVectors.RequireSize(_head, "prior", latentSize);

    internal override void Build(int encoderInput, Shape features, BuildContext context) => _head.Build(isConditional ? features : [0], context);

    internal override void Unbuild() => _head.Unbuild();

    internal override void TakeFor(VaeHead owner, string name) => _head.Ownership.Take(_head, owner, name);

    internal override Distribution Predict(int latentSize, Tensor features, Func<Tensor, Distribution> posterior) => LatentVectors.Of(
        _head.Forward(isConditional ? features : Tensor.Zeros([0], features.DType).AsFree()));
}
