using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// A mixture density network (Bishop 1994) of one feature: two hidden tanh layers and a mixture of five Normals, trained by the negative log
/// likelihood.
/// </summary>
public sealed class MdnWorkload : Workload
{
    private const int Components = 5;

    private readonly Model<Mixture<Normal>> _model;
    private readonly int _batch;
    private readonly int _width;

    /// <summary>Creates the model and its batch.</summary>
    /// <param name="batch">Examples a step.</param>
    /// <param name="width">Units of each hidden layer.</param>
    public MdnWorkload(int batch, int width = 64)
    {
        (_batch, _width) = (batch, width);
        Id = FormattableString.Invariant($"mdn-{batch}") + (width == 64 ? "" : FormattableString.Invariant($"-width-{width}"));
        _model = Model.Sequential([new Dense(width, Activation.Tanh), new Dense(width, Activation.Tanh)], new NormalMixtureHead(Components))
            .Build(features: 1, WeightKey);
        Tensor x = 6 * DataKey.FoldIn(1).Uniform([batch, 1]);
        Tensor y = (x.Sin() + (0.1 * x * DataKey.FoldIn(2).Normal([batch, 1]))).Reshape(batch);
        Inputs = [x, y];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _model.Parameters;

    /// <summary>Features [n, 1] and targets [n].</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<Product> Products => Product.Chain(_batch, needsInputGradient: false, 1, _width, _width, 3 * Components);

    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise) =>
        -_model.Forward(inputs[0], ForwardContext.Inference).LogDensity(inputs[1]).Mean();
}
