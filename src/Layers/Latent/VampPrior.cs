using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>(1/K)·Σₖ q(z|uₖ), with learned pseudo-inputs uₖ of the encoder (Tomczak and Welling 2018).</summary>
internal sealed class VampPrior : LatentPrior
{
    public const string Kind = "vamp";

    private readonly Ownership _ownership = new();
    private readonly int _components;
    private Parameter? _inputs;

    public VampPrior(int components) => _components = components >= 1
        ? components
        : throw new ArgumentOutOfRangeException(nameof(components), components, "LatentPrior.Vamp: at least one component is needed.");

    internal override IReadOnlyList<Parameter> Parameters => _inputs is null ? [] : [_inputs];

    internal override LayerDescription Describe() => new(Kind, new JsonObject { ["components"] = _components });

    internal override void Build(int encoderInput, Shape features, BuildContext context) =>
        _inputs = context.Parameter("pseudo_inputs", [_components, encoderInput], Initializer.RandomNormal(1));

    internal override void Unbuild() => _inputs = null;

    internal override void TakeFor(VaeHead owner, string name) => _ownership.Take(this, owner, name);

    public override string ToString() => FormattableString.Invariant($"LatentPrior.Vamp({_components})");

    /// <summary>
    /// Random examples with the mean and standard deviation of the data; the features behind them are left as they are.
    /// </summary>
    /// <inheritdoc/>
    internal override void InitializeFor(TargetStatistics statistics)
    {
        int width = statistics.Mean.Size, all = _inputs!.Shape[1];
        Tensor value = _inputs.Value, examples = statistics.Mean + (statistics.StdDev * value[.., ..width]);
        _inputs.Value = width == all ? examples : Tensor.Concat([examples, value[.., width..]], 1);
    }

    internal override Distribution Predict(int latentSize, Tensor features, Func<Tensor, Distribution> posterior) =>
        new VectorMixture<Distribution>(Tensor.Zeros([_components], features.DType).AsFree(), posterior(_inputs!));
}
