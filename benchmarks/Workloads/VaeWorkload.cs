using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// A variational autoencoder of binary images (Kingma and Welling 2014): 784-512-256-(2×20) and back, ReLU, Bernoulli pixels, one draw of the
/// latent variables, the divergence from the prior in closed form.
/// </summary>
public sealed class VaeWorkload : Workload
{
    private const int Pixels = 784;
    private const int Latent = 20;

    private static readonly Initializer s_smallWeights = Initializer.RandomNormal(0.01);

    private readonly Sequential _encoder = new(
        new Dense(512, Activation.Relu), new Dense(256, Activation.Relu), new Dense(2 * Latent, initializer: s_smallWeights));

    private readonly Sequential _decoder = new(
        new Dense(256, Activation.Relu), new Dense(512, Activation.Relu), new Dense(Pixels, initializer: s_smallWeights));

    private readonly int _batch;

    /// <summary>Creates both networks and a batch of binary images.</summary>
    /// <param name="batch">Examples a step.</param>
    public VaeWorkload(int batch)
    {
        _batch = batch;
        Id = FormattableString.Invariant($"vae-{batch}");
        _encoder.Build([Pixels], new BuildContext("encoder", WeightKey, DType.Float32));
        _decoder.Build([Latent], new BuildContext("decoder", WeightKey, DType.Float32));

        // The decoder starts with dark pixels, as the data are: a start far from them is so wild that rounding decides how the losses go on.
        Parameter bias = _decoder.Layers[^1].Parameters[1];
        bias.Value = Tensor.Full(bias.Shape, -3.4);

        // Pixels that depend on five hidden causes, so that there is something to encode.
        Tensor causes = DataKey.FoldIn(5).Normal([batch, 5]), effects = DataKey.FoldIn(6).Normal([5, Pixels]);
        Inputs = [(causes.MatMul(effects) + DataKey.FoldIn(7).Normal([batch, Pixels]) > 4.5).Cast(DType.Float32)];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. _encoder.Parameters, .. _decoder.Parameters];

    /// <summary>Images [n, 784] of zeros and ones.</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override IEnumerable<Product> Products =>
    [
        .. Product.Chain(_batch, needsInputGradient: false, Pixels, 512, 256, 2 * Latent),
        .. Product.Chain(_batch, needsInputGradient: true, Latent, 256, 512, Pixels),
    ];

    /// <summary>Standard Normals [n, 20].</summary>
    /// <inheritdoc/>
    public override Tensor[] Draw(RandomKey key) => [key.Normal([_batch, Latent])];

    /// <summary>−ELBO = −Σ ln p(x|z) + ½·Σ (e^v + m² − 1 − v) with z = m + e^(v/2)·ε.</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise)
    {
        Tensor raw = _encoder.Forward(inputs[0], ForwardContext.Inference);
        Tensor mean = raw[.., ..Latent], logVariance = raw[.., Latent..];
        Tensor z = mean + ((0.5 * logVariance).Exp() * noise[0]);
        Tensor logits = _decoder.Forward(z, ForwardContext.Inference);
        Tensor logLikelihood = Bernoulli.FromLogits(logits).LogDensity(inputs[0]).Sum(-1);
        Tensor divergence = 0.5 * (logVariance.Exp() + mean.Square() - 1 - logVariance).Sum(-1);
        return (divergence - logLikelihood).Mean();
    }
}
