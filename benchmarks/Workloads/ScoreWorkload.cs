using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// Denoising score matching under the variance-preserving diffusion with β from 0.1 to 20 (Song et al. 2021): a network of the noisy data and the
/// time learns the score, weighted by the variance of the noise.
/// </summary>
public sealed class ScoreWorkload : Workload
{
    private const int Features = 64;
    private const int Width = 256;
    private const double BetaMin = 0.1;
    private const double BetaMax = 20;
    private const double FirstTime = 1e-3;

    private readonly Sequential _network = new(
        new Dense(Width, Activation.Silu), new Dense(Width, Activation.Silu), new Dense(Features, initializer: Initializer.GlorotUniform));

    private readonly int _batch;

    /// <summary>Creates the network and its batch.</summary>
    /// <param name="batch">Examples a step.</param>
    public ScoreWorkload(int batch)
    {
        _batch = batch;
        Id = FormattableString.Invariant($"score-{batch}");
        _network.Build([Features + 1], new BuildContext("network", WeightKey, DType.Float32));
        Tensor causes = DataKey.FoldIn(8).Normal([batch, 4]), effects = DataKey.FoldIn(9).Normal([4, Features]);
        Inputs = [0.5 * causes.MatMul(effects)];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <summary>Data [n, 64].</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override IEnumerable<Product> Products => Product.Chain(_batch, needsInputGradient: false, Features + 1, Width, Width, Features);

    /// <summary>Standard Normals [n, 64], and uniform numbers [n, 1] for the times.</summary>
    /// <inheritdoc/>
    public override Tensor[] Draw(RandomKey key) => [key.FoldIn(0).Normal([_batch, Features]), key.FoldIn(1).Uniform([_batch, 1])];

    /// <summary>E Σ (σ·s(x_t, t) + ε)² with x_t = m·x + σ·ε, ln m = −t²·(β₁ − β₀)/4 − t·β₀/2, σ² = 1 − m².</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise)
    {
        Tensor t = FirstTime + ((1 - FirstTime) * noise[1]);
        Tensor logMean = (-0.25 * (BetaMax - BetaMin) * t.Square()) - (0.5 * BetaMin * t);
        Tensor sigma = (-(2 * logMean).Expm1()).Sqrt();
        Tensor noisy = (logMean.Exp() * inputs[0]) + (sigma * noise[0]);
        Tensor score = _network.Forward(Tensor.Concat([noisy, t], axis: -1), ForwardContext.Inference);
        return ((sigma * score) + noise[0]).Square().Sum(-1).Mean();
    }
}
