using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A stationary autoregressive series of first order: x₀ ~ N(0, σ²/(1 − φ²)), xₜ = φ·xₜ₋₁ + σ·εₜ. One outcome is the whole series.
/// </summary>
public sealed class StationaryAR1 : Distribution, IReparameterized, IFactorized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="phi">φ; strictly between −1 and 1.</param>
    /// <param name="sigma">σ, the standard deviation of a step; above 0.</param>
    /// <param name="length">How many points the series has; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public StationaryAR1(Tensor phi, Tensor sigma, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ParameterChecks.Align(nameof(StationaryAR1), ref phi, ref sigma);
        Phi = phi;
        ParameterChecks.Positive(nameof(StationaryAR1), "1 − phi²", (1 - Gradient.Stop(phi)) * (1 + Gradient.Stop(phi)));
        Sigma = ParameterChecks.Positive(nameof(StationaryAR1), nameof(sigma), sigma);
        BatchShape = BroadcastParameters(nameof(StationaryAR1), ("phi", phi), ("sigma", sigma));
        EventShape = [length];
    }

    /// <summary>φ.</summary>
    public Tensor Phi { get; }

    /// <summary>σ, the standard deviation of a step.</summary>
    public Tensor Sigma { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("phi", Phi), ("sigma", Sigma)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape { get; }

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Mode);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact(((2 * LogScale).Exp() / Rest).Unsqueeze(-1).BroadcastTo(SampleShape(Shape.Scalar)));

    /// <inheritdoc/>
    public override Tensor Mode => Tensor.Zeros(SampleShape(Shape.Scalar), DType);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact((((0.5 + Constants.HalfLogTwoPi) * EventShape[0]) + (EventShape[0] * LogScale) - (0.5 * Rest.Log())).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) =>
        (-0.5 * Standardized(value).Square().Sum(-1)) - (EventShape[0] * (LogScale + Constants.HalfLogTwoPi)) + (0.5 * Rest.Log());

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        Tensor noise = Sigma.Unsqueeze(-1) * key.Normal(SampleShape(shape), DType);
        Tensor first = noise[TensorIndex.Ellipsis, ..1] / Rest.Sqrt().Unsqueeze(-1);
        Tensor terms = Tensor.Concat([first, noise[TensorIndex.Ellipsis, 1..]], -1);
        return Phi.Unsqueeze(-1).BroadcastTo(terms.Shape).LinearRecurrence(terms, -1);
    }

    (Tensor LogDensities, Tensor Cdfs) IFactorized.Factors(Tensor value)
    {
        Tensor z = Standardized(value);
        Tensor first = Tensor.Concat([(0.5 * Rest.Log()).Unsqueeze(-1), Tensor.Zeros(Rest.Shape.Concat([EventShape[0] - 1]), DType)], -1);
        return ((-0.5 * z.Square()) - LogScale.Unsqueeze(-1) - Constants.HalfLogTwoPi + first, z.NormalCdf());
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    /// <summary>
    /// KL(p‖q) as the sum of those of each point given the one before (Cover and Thomas 2006, theorem 2.5.3), all between Normals: with r = σ_p²/σ_q² and
    /// R = r·(1 − φ_q²)/(1 − φ_p²), ½·(R − 1 − ln R) of the first and ½·(r − 1 − ln r + r·(φ_p − φ_q)²/(1 − φ_p²)) of each step.
    /// </summary>
    internal static Tensor Divergence(StationaryAR1 p, StationaryAR1 q)
    {
        Tensor logRatio = 2 * (p.LogScale - q.LogScale), ratio = logRatio.Exp(), logFirst = logRatio + q.Rest.Log() - p.Rest.Log();
        Tensor step = logRatio.Expm1() - logRatio + (ratio * (p.Phi - q.Phi).Square() / p.Rest);
        return 0.5 * (logFirst.Expm1() - logFirst + ((p.EventShape[0] - 1) * step));
    }

    /// <summary>The lower triangular L with LLᵀ the covariance, [..., length, length]: what each noise adds to each point.</summary>
    internal Tensor ScaleTril
    {
        get
        {
            int n = EventShape[0];
            Tensor first = Rest.Sqrt().Reciprocal().Unsqueeze(-1).BroadcastTo(BatchShape.Concat([1])), rest = Tensor.Ones(BatchShape.Concat([n - 1]), DType);
            Tensor terms = (Sigma.BroadcastTo(BatchShape).Unsqueeze(-1) * Tensor.Concat([first, rest], -1)).DiagEmbed();
            return Phi.Unsqueeze(-1).Unsqueeze(-1).BroadcastTo(terms.Shape).LinearRecurrence(terms, -2);
        }
    }

    // What each point adds to what was known before, in units of its own spread.
    private Tensor Standardized(Tensor x)
    {
        Tensor first = x[TensorIndex.Ellipsis, ..1] * Rest.Sqrt().Unsqueeze(-1);
        Tensor steps = x[TensorIndex.Ellipsis, 1..] - (Phi.Unsqueeze(-1) * x[TensorIndex.Ellipsis, ..^1]);
        Shape batch = Shape.Broadcast(first.Shape[..^1], steps.Shape[..^1]);
        return Tensor.Concat([first.BroadcastTo(batch.Concat([1])), steps.BroadcastTo(batch.Concat([EventShape[0] - 1]))], -1) / Sigma.Unsqueeze(-1);
    }

    private Tensor LogScale => Sigma.Log();

    // 1 − φ², without cancellation near ±1.
    private Tensor Rest => (1 - Phi) * (1 + Phi);
}
