using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// A network that learns F: a first linear layer of the state, of Fourier features of the noise level and of the features, each with a product of its own (so that the
/// features' is computed once for all samples, and the noise level's once for all rows that share it), then any layers, and a linear layer back to the data.
/// </summary>
internal sealed class ScoreNetwork : ScoreField
{
    private readonly DiffusionOptions _options;
    private readonly Dense _output;
    private Parameter? _stateWeight, _noiseWeight, _bias, _contextWeight, _noContext;

    public ScoreNetwork(int dimension, Layer body, DiffusionOptions options) : base(options.Process, options.DataScale, dimension)
    {
        (Body, _options) = (body, options);

        // The first F is nearly 0: the first draws are Normal, with the scale of the data.
        _output = new Dense(dimension, initializer: VarianceScaling.Small);
    }

    public Layer Body { get; }

    public override bool KnowsNoFeatures => _options.FeatureDropout > 0;

    public IReadOnlyList<Layer> Parts => [Body, _output];

    /// <summary>The parameters of the first layer.</summary>
    public IReadOnlyList<Parameter> InputParameters =>
        _bias is null ? [] : _contextWeight is null ? [_stateWeight!, _noiseWeight!, _bias] : [_stateWeight!, _noiseWeight!, _bias, _contextWeight, _noContext!];

    public override DType DType => _bias!.DType;

    public override IReadOnlyList<Parameter> Parameters => [.. InputParameters, .. Parts.SelectMany(part => part.Parameters)];

    public void Build(int features, BuildContext context)
    {
        BuildContext input = context.Child("input");
        int width = _options.Width, waves = 2 * _options.Frequencies;
        Parameter state = input.Parameter("state_weight", [Dimension * (1 + (2 * _options.StateFrequencies)), width], Initializer.LeCunNormal);
        Parameter noise = input.Parameter("noise_weight", [waves + 1, width], Initializer.LeCunNormal);
        Parameter bias = input.Parameter("bias", [width], Initializer.Zeros);
        Parameter? weight = features == 0 ? null : input.Parameter("context_weight", [features, width], Initializer.LeCunNormal);
        Parameter? none = features == 0 ? null : input.Parameter("no_context", [width], Initializer.Zeros);
        Shape hidden = Body.Build([width], context.Child("body"));
        _output.Build(hidden, context.Child("output"));
        (_stateWeight, _noiseWeight, _bias, _contextWeight, _noContext) = (state, noise, bias, weight, none);
    }

    /// <summary>The first layer's product with the features: [n, width]; null without features.</summary>
    /// <param name="features">[n, features].</param>
    public Tensor? Context(Tensor features) => _contextWeight is null ? null : features.MatMul(_contextWeight);

    /// <summary>The context with that of some examples replaced by a learned one that stands for no features.</summary>
    public Tensor Hide(Tensor context, double rate, RandomKey key)
    {
        Tensor hidden = key.Uniform([context.Shape[0], 1], DType) < rate;
        return Tensor.Where(hidden, _noContext!, context);
    }

    /// <inheritdoc/>
    public override Tensor Velocity(Tensor z, Tensor logRatio, Conditioning conditioning) =>
        HeldWeights.With(Parameters, conditioning.Weights!, () => Guided(z, logRatio, conditioning));

    private Tensor Guided(Tensor z, Tensor logRatio, Conditioning conditioning)
    {
        if (conditioning is not { Context: not null, Guidance: { } guidance })
        {
            return Velocity(z, logRatio, conditioning.Context, ForwardContext.Inference);
        }

        Tensor without = Velocity(z, logRatio, _noContext!, ForwardContext.Inference);
        return without + (guidance * (Velocity(z, logRatio, conditioning.Context, ForwardContext.Inference) - without));
    }

    /// <summary>F, in training or not.</summary>
    public Tensor Velocity(Tensor z, Tensor logRatio, Tensor? context, ForwardContext forward)
    {
        Tensor input = StateFeatures(z.Reshape(-1, Dimension)).MatMul(_stateWeight!).Reshape(z.Shape[..^1].Concat([_options.Width]));
        input += Waves(logRatio).MatMul(_noiseWeight!) + _bias!;
        if (context is not null)
        {
            input += context;
        }

        Tensor hidden = Body.Forward(input.Silu().Reshape(-1, _options.Width), forward.Child(0));
        Tensor raw = _output.Forward(hidden, forward.Child(1)).Reshape(z.Shape);
        if (_options.Preconditioning == DiffusionPreconditioning.Elucidated)
        {
            return raw;
        }

        // The noise ε = sinθ·z − cosθ·F is told.
        (Tensor cos, Tensor sin) = Angle(logRatio);
        return ((sin * z) - raw) / cos;
    }

    /// <summary>z, and sines and cosines of z, 2z, 4z, …: [rows, dimension·(1 + 2·frequencies)].</summary>
    private Tensor StateFeatures(Tensor z)
    {
        if (_options.StateFrequencies == 0)
        {
            return z;
        }

        Tensor phase = (z.Unsqueeze(-1) * Octaves(DType)).Reshape(z.Shape[0], -1);
        return Tensor.Concat([z, phase.Sin(), phase.Cos()], -1);
    }

    private Tensor Octaves(DType dtype) => Tensor.From<double>([.. Enumerable.Range(0, _options.StateFrequencies).Select(i => Math.Pow(2, i))]).AsFree().Cast(dtype);

    /// <summary>2u − 1 and sines and cosines of whole multiples of π·u, u being where the noise level lies between the least and the most: [1 or n, 2·frequencies + 1].</summary>
    private Tensor Waves(Tensor logRatio)
    {
        Tensor u = ((logRatio - LogRatioMin) / (LogRatioMax - LogRatioMin)).Reshape(-1, 1);
        Tensor phase = u * Tensor.Arange(1, _options.Frequencies + 1, 1, DType) * Math.PI;
        return Tensor.Concat([(2 * u) - 1, phase.Sin(), phase.Cos()], -1);
    }
}
