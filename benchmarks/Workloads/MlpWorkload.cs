using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>A classifier of images: 784-512-512-10, ReLU, trained by the cross-entropy of integer labels.</summary>
public sealed class MlpWorkload : Workload
{
    private const int Pixels = 784;
    private const int Width = 512;
    private const int Classes = 10;

    private readonly Model<Categorical> _model;
    private readonly int _batch;

    /// <summary>Creates the classifier and its batch.</summary>
    /// <param name="batch">Examples a step.</param>
    public MlpWorkload(int batch)
    {
        _batch = batch;
        Id = FormattableString.Invariant($"mlp-{batch}");
        _model = Model.Sequential([new Dense(Width, Activation.Relu), new Dense(Width, Activation.Relu)], new CategoricalHead(Classes))
            .Build(Pixels, WeightKey);
        Tensor labels = DataKey.FoldIn(10).Integers(0, Classes, [batch]);
        Tensor centres = DataKey.FoldIn(11).Normal([Classes, Pixels]);

        // Pixels of small variance and classes that overlap: the loss stays well above its rounding errors while it is compared.
        Inputs = [(0.002 * centres.IndexSelect(0, labels)) + (0.01 * DataKey.FoldIn(12).Normal([batch, Pixels])), labels];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _model.Parameters;

    /// <summary>Images [n, 784] and labels [n].</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<Product> Products => Product.Chain(_batch, needsInputGradient: false, Pixels, Width, Width, Classes);

    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise) =>
        -_model.Forward(inputs[0], ForwardContext.Inference).LogDensity(inputs[1]).Mean();
}
