using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head whose distribution is a score-based diffusion, trained by denoising score matching (Vincent 2011; Song et al. 2021): a network tells what the noise is that was
/// added to the data. The noise levels of a batch are stratified, which takes most of the noise out of the loss; which example gets which is drawn anew for each.
/// </summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public abstract class DiffusionHeadBase<TOut> : Head<TOut> where TOut : Sampler
{
    private readonly ScoreNetwork _network;

    private protected DiffusionHeadBase(int dimension, Layer? body, DiffusionOptions? options)
    {
        Options = options ?? new DiffusionOptions();
        Options.Validate(Name);
        Dimension = dimension;
        int width = Options.Width;
        Ownership.TakeAll(body is null ? [] : [body], this, nameof(body));
        _network = new ScoreNetwork(
            dimension, body ?? new Sequential(new Dense(width, Activation.Silu), new Dense(width, Activation.Silu)), Options);
    }

    /// <summary>The length of a vector of data.</summary>
    public int Dimension { get; }

    /// <summary>How it diffuses and learns.</summary>
    public DiffusionOptions Options { get; }

    /// <inheritdoc/>
    public override Shape TargetShape => [Dimension];

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Parts => _network.Parts;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe()
    {
        var settings = new JsonObject { ["dimension"] = Dimension, ["body"] = _network.Body.Describe().ToJson() };
        Options.AddTo(settings);
        return new(Name, settings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}({Dimension})";

    /// <inheritdoc/>
    public override TOut Forward(Tensor features) => FromReverse(new ReverseDiffusion(
        _network,
        new Conditioning(HeldWeights.ValuesOf(_network.Parameters), _network.Context(features.Reshape(features.Shape[..^1].Size, features.Shape[-1])), null),
        features.Shape[..^1]));

    /// <summary>
    /// The squared error of what the network tells, [n], at noise levels that are stratified over the batch, weighted as asked. With
    /// <see cref="DiffusionWeighting.Likelihood"/> it is an estimate of an upper bound of −ln p, the evidence lower bound of a diffusion with σ_min left over (Kingma et al. 2021).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Loss(TOut prediction, Tensor target, LossContext context)
    {
        ReverseDiffusion reverse = ReverseOf(prediction);
        int n = target.Shape[0];
        Tensor logRatio = LogRatio(context.Key.FoldIn(1).Stratified(n, target.DType).Unsqueeze(-1));
        (Tensor cos, Tensor sin) = ScoreField.Angle(logRatio);
        Tensor data = reverse.Standardize(target) / Options.DataScale, noise = context.Key.FoldIn(2).Normal(target.Shape, target.DType);
        Tensor? features = reverse.Conditioning.Context;
        if (features is not null && context.IsTraining && Options.FeatureDropout > 0)
        {
            features = _network.Hide(features, Options.FeatureDropout, context.Key.FoldIn(3));
        }

        // F = sinθ·x₀/σ_d − cosθ·ε is z = cosθ·x₀/σ_d + sinθ·ε turned by a right angle.
        Tensor z = (cos * data) + (sin * noise), goal = (sin * data) - (cos * noise);
        Tensor told = _network.Velocity(z.Reshape(1, n, Dimension), logRatio, features, context.Forward).Reshape(n, Dimension);
        Tensor error;
        if (Options.SharedTargets)
        {
            // Of F given z and the batch; the square of what is between is, on average, the variance that the mean leaves out: the loss stays what it is.
            Tensor toMean = ToMeanExample(data, noise, cos / sin) / sin;
            error = (told - goal - toMean).Square().Sum(-1) + toMean.Square().Sum(-1);
        }
        else
        {
            error = (told - goal).Square().Sum(-1);
        }

        return Options.Weighting switch
        {
            DiffusionWeighting.Likelihood => (LogSineRange.Width * (error - Unpredictable())) + BoundWithoutNetwork(data) + reverse.LogFactor,
            DiffusionWeighting.SignalToNoise => cos.Square().Reshape(n) * error,
            _ => error,
        };

        // Where there is little noise no network can tell it, and the error is its square: that is taken off, less what it is on average, which leaves the mean and the
        // gradient as they are and takes most of the spread out of the loss.
        Tensor Unpredictable() => cos.Square().Reshape(n) * (noise.Square().Sum(-1) - Dimension);
    }

    /// <summary>For the likelihood plus the log of the scale; other weightings have no units.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale) =>
        Options.Weighting == DiffusionWeighting.Likelihood ? base.LossInOriginalUnits(loss, scale) : loss;

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        if (Options.SharedTargets && features[0] > 0)
        {
            throw new ShapeException(
                $"{Name}: {nameof(DiffusionOptions.SharedTargets)} is for models without features, but got features of shape {ShapeText.Batch(features)}: which other example "
                + "may have become a noisy point depends on its features. Turn it off.");
        }

        _network.Build(features[0], context);
    }

    private protected abstract TOut FromReverse(ReverseDiffusion reverse);

    private protected abstract ReverseDiffusion ReverseOf(TOut prediction);

    /// <summary>
    /// From each example to the mean of all, weighted by how probable each is to have become its z, N(z; cosθ·xⱼ, sin²θ): [n, dimension]. By differences of examples, coordinate by
    /// coordinate: products of them would lose the digits that tell neighbours apart where there is little noise.
    /// </summary>
    private static Tensor ToMeanExample(Tensor data, Tensor noise, Tensor cotangent)
    {
        int[] coordinates = [.. Enumerable.Range(0, data.Shape[1])];
        Tensor To(int i) => data[.., i] - data[.., i].Unsqueeze(-1);
        Tensor Squared(int i) => (noise[.., i].Unsqueeze(-1) - (cotangent * To(i))).Square();
        Tensor weights = (-0.5 * coordinates.Select(Squared).Aggregate((a, b) => a + b)).Softmax();
        return Tensor.Stack([.. coordinates.Select(i => (weights * To(i)).Sum(-1))], -1);
    }

    // ln sinθ from the least to the most noise.
    private (double Low, double Width) LogSineRange
    {
        get
        {
            double low = LogSine(_network.LogRatioMin);
            return (low, LogSine(_network.LogRatioMax) - low);
        }
    }

    private static double LogSine(double logRatio) => -0.5 * Math.Log(1 + Math.Exp(-2 * logRatio));

    /// <summary>The noise level, ln(σ/σ_d), of a number that is uniform on (0, 1).</summary>
    private Tensor LogRatio(Tensor uniform)
    {
        switch (Options.Weighting)
        {
            case DiffusionWeighting.Likelihood:
                // The error |D − x|²/σ² d ln σ is cos²θ·|ΔF|² d ln σ, and cos²θ d ln σ = d ln sinθ: uniform in ln sinθ, all levels weigh alike.
                Tensor logSine = LogSineRange.Low + (LogSineRange.Width * uniform);
                return logSine - (0.5 * (2 * logSine).Log1mExp());
            case DiffusionWeighting.SignalToNoise:
                DiffusionProcess process = Options.Process;
                return process.LogSigma(process.Earliest + ((process.Latest - process.Earliest) * uniform)) - Math.Log(Options.DataScale);
            default:
                return (1.2 * uniform.NormalQuantile()) - 1.2 + Math.Log(2);
        }
    }

    /// <summary>
    /// What the bound holds beyond the network's error: −ln N(x₀; x₀ + σ_min·ε, σ_min²) on average, and the divergence of N(x₀, σ_max²) from N(0, σ_max² + σ_d²).
    /// </summary>
    private Tensor BoundWithoutNetwork(Tensor data)
    {
        double logSigmaMin = _network.LogRatioMin + Math.Log(Options.DataScale), logSine = LogSine(_network.LogRatioMax), sine = Math.Exp(2 * logSine);
        double fixedPart = Dimension * (logSigmaMin + (0.5 * Math.Log(2 * Math.PI)) + (0.5 * sine) - logSine);
        return fixedPart + (0.5 * (1 - sine) * data.Square().Sum(-1));
    }
}
