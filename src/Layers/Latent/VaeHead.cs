using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A variational autoencoder (Kingma and Welling 2014): an example y is explained by latent variables z, p(y) = ∫ p(y|z)·p(z) dz, with p(y|z) from a decoder that ends in
/// any head with a density, and with an encoder that ends in an approximation q(z|y) of the posterior. Trained by the evidence lower bound
/// E_q[ln p(y|z)] − KL(q(z|y)‖p(z)). With features it is conditional: encoder and decoder are given them beside y and z.
/// </summary>
public sealed class VaeHead : Head<Vae>
{
    private readonly Sequential _encoder;
    private readonly Sequential _decoder;
    private readonly INestedHead _likelihood;
    private readonly INestedHead _posterior;

    /// <summary>Creates the head.</summary>
    /// <param name="latentSize">Number of latent variables.</param>
    /// <param name="encoder">
    /// Layers from y, standardized if the model does that, with the features behind it, to the features of the posterior. Labels are given as one-hot.
    /// </param>
    /// <param name="decoder">Layers from z, with the features behind it, to the features of the likelihood.</param>
    /// <param name="likelihood">p(y|z), of vectors: <c>new BernoulliHead(outputs: 784)</c> for binary pixels, for example.</param>
    /// <param name="options">Posterior, prior and how to train; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    /// <exception cref="ArgumentException">A head predicts what has no density; or a layer, head or prior stands at two places, or in another head.</exception>
    /// <exception cref="ShapeException">A head predicts outcomes of another shape.</exception>
    public VaeHead(int latentSize, IReadOnlyList<Layer> encoder, IReadOnlyList<Layer> decoder, IHead likelihood, VaeOptions? options = null)
    {
        if (latentSize < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(latentSize), latentSize, "VaeHead: at least one latent variable is needed.");
        }

        Options = options ?? new VaeOptions();
        Options.Validate();
        LatentSize = latentSize;
        _encoder = new Sequential(encoder);
        _decoder = new Sequential(decoder);
        _likelihood = LatentVectors.RequireDensity(likelihood, "likelihood");
        _posterior = LatentVectors.RequireDensity(Options.Posterior ?? new NormalHead(latentSize), "posterior");
        LatentVectors.RequireSize(_posterior, "posterior", latentSize);
        Options.Prior.Require(latentSize);
        if (_likelihood.TargetShape.Rank != 1)
        {
            throw new ShapeException(
                $"VaeHead: the likelihood {likelihood} predicts outcomes of shape {_likelihood.TargetShape}; vectors are needed: give it a number of outputs.");
        }

        Ownership.TakeAll([_encoder], this, nameof(encoder));
        Ownership.TakeAll([_decoder], this, nameof(decoder));
        _likelihood.Ownership.Take(_likelihood, this, nameof(likelihood));
        _posterior.Ownership.Take(_posterior, this, nameof(options));
        Options.Prior.TakeFor(this, nameof(options));
    }

    /// <summary>Number of latent variables.</summary>
    public int LatentSize { get; }

    /// <summary>Posterior, prior and how it is trained.</summary>
    public VaeOptions Options { get; }

    /// <inheritdoc/>
    public override Shape TargetShape => _likelihood.TargetShape;

    /// <inheritdoc/>
    public override TargetScaling Scaling => _likelihood.Scaling;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Parts => [_encoder, _decoder];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. _encoder.Parameters, .. _posterior.Parameters, .. Options.Prior.Parameters, .. _decoder.Parameters, .. _likelihood.Parameters];

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> State => [.. _posterior.State, .. Options.Prior.State, .. _likelihood.State];

    /// <inheritdoc/>
    protected override Support TargetSupport => _likelihood.TargetSupport;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["latent_size"] = LatentSize,
        ["encoder"] = _encoder.Describe().ToJson(),
        ["decoder"] = _decoder.Describe().ToJson(),
        ["likelihood"] = _likelihood.Describe().ToJson(),
        ["posterior"] = _posterior.Describe().ToJson(),
        ["prior"] = Options.Prior.Describe().ToJson(),
        ["beta"] = Options.Beta,
        ["kl_annealing"] = Options.KlAnnealing,
        ["free_bits"] = Options.FreeBits,
    });

    /// <inheritdoc/>
    public override void InitializeFor(TargetStatistics statistics)
    {
        _likelihood.InitializeFor(statistics);

        // Labels have no mean that a network would see.
        if (_likelihood.InputSize == TargetShape[0])
        {
            Options.Prior.InitializeFor(statistics);
        }
    }

    /// <summary>Shows the likelihood the examples, with the features that the decoder makes of latent variables from the prior.</summary>
    /// <inheritdoc/>
    public override void InitializeOn(FirstExamples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        _likelihood.InitializeOn(new FirstExamples(
            () =>
            {
                Tensor z = Forward(examples.Features).SampleLatent(RandomKey.FromSeed(0));
                return Run(_decoder, With(z, examples.Features), ForwardContext.Inference);
            },
            examples.Targets));
    }

    /// <inheritdoc/>
    internal override bool NeedsSpread => _likelihood.NeedsSpread;

    /// <inheritdoc/>
    public override Vae Forward(Tensor features) => new(this, features, new HeldWeights([.. Parameters, .. State]));

    /// <summary>
    /// The negative evidence lower bound with one draw of z, β times the divergence in it; annealing and free bits are of training alone. The divergence is in closed form
    /// between Normals; else of the same draw, with the path derivative.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Loss(Vae prediction, Tensor target, LossContext context)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ForwardContext forward = context.Forward;
        Tensor y = prediction.Standardize(target), features = prediction.Features;
        Distribution posterior = Posterior(y, features, forward.Child(0)), prior = Prior(features, forward.Child(1));
        Tensor? closed = LatentVectors.ClosedDivergence(posterior, prior);
        (Tensor z, Tensor divergence) = DrawWithDivergence((posterior, prior, closed), context.Key.FoldIn(1), Shape.Scalar, isPath: context.IsTraining);
        Tensor reconstruction = LogLikelihood(Likelihood(z, features, forward.Child(2)), y);
        if (Options.FreeBits > 0 && context.IsTraining)
        {
            double free = Options.FreeBits * LatentSize / divergence.Shape[-1];
            divergence = Tensor.Maximum(divergence.Mean(0, keepDims: true), free).BroadcastTo(divergence.Shape);
        }

        return prediction.LogDeterminant + (Weight(context, divergence.DType) * divergence.Sum(-1)) - reconstruction;
    }

    /// <inheritdoc/>
    public override Vae Rescale(Vae prediction, Tensor loc, Tensor scale)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return prediction.Rescale(loc, scale);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"VaeHead({LatentSize} latent, {_likelihood})");

    internal static VaeHead FromDescription(LayerDescription d) => new(
        d.Integer("latent_size"),
        [.. d.Part("encoder").Parts("layers").Select(LayerRegistry.CreateLayer)],
        [.. d.Part("decoder").Parts("layers").Select(LayerRegistry.CreateLayer)],
        LayerRegistry.CreateHead(d.Part("likelihood")),
        new VaeOptions
        {
            Posterior = LayerRegistry.CreateHead(d.Part("posterior")),
            Prior = LatentPrior.FromDescription(d.Part("prior")),
            Beta = d.Number("beta"),
            KlAnnealing = d.Number("kl_annealing"),
            FreeBits = d.Number("free_bits"),
        });

    /// <summary>Under what measure the likelihood is a density.</summary>
    internal Measure Measure => TargetSupport.IsDiscrete ? Measure.Counting : Measure.Lebesgue;

    /// <summary>Which examples [..., outputs] are in the support of the likelihood, or unknown, [...].</summary>
    internal Tensor Holds(Tensor y)
    {
        Tensor values = y.DType.IsFloating() ? y : y.Cast(DType.Float64);
        return (TargetSupport.Contains(values) | values.IsNaN()).All(-1);
    }

    /// <summary>Some outcome of the likelihood, in place of one that is none: broadcasts against [..., outputs].</summary>
    internal Tensor Possible(DType dtype) => TargetSupport.InteriorPoint(dtype, TargetShape);

    /// <summary>q(z|y), of vectors.</summary>
    /// <param name="y">Standardized, [..., outputs].</param>
    /// <param name="features">[..., features], with the same leading axes.</param>
    /// <param name="context">Training or not.</param>
    internal Distribution Posterior(Tensor y, Tensor features, ForwardContext context)
    {
        Tensor input = _likelihood.AsInput(y, features.DType);
        return PosteriorOfInput(With(input, features), context);
    }

    /// <summary>p(z|features), of vectors.</summary>
    internal Distribution Prior(Tensor features, ForwardContext context) =>
        Options.Prior.Predict(LatentSize, features, input => PosteriorOfInput(input, context));

    /// <summary>p(y|z), as the likelihood's head predicts it.</summary>
    /// <param name="z">[..., latent].</param>
    /// <param name="features">[..., features], with the same leading axes.</param>
    /// <param name="context">Training or not.</param>
    internal Distribution Likelihood(Tensor z, Tensor features, ForwardContext context) =>
        (Distribution)_likelihood.Forward(Run(_decoder, With(z, features), context));

    /// <summary>The distribution of loc + scale·Y.</summary>
    internal Distribution Rescale(Distribution likelihood, Tensor loc, Tensor scale) => (Distribution)_likelihood.Rescale(likelihood, loc, scale);

    /// <summary>ln p(y|z), summed over the outputs.</summary>
    internal static Tensor LogLikelihood(Distribution likelihood, Tensor y)
    {
        Tensor log = likelihood.LogDensity(y);
        return likelihood.EventShape.Rank == 0 ? log.Sum(-1) : log;
    }

    /// <summary>Draws of the posterior, and its divergence from the prior: [..., latent], or [..., 1] where it is not known for each variable.</summary>
    /// <param name="q">Posterior and prior, and <see cref="LatentVectors.ClosedDivergence"/> of them.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="isPath">Whether the gradient of a drawn divergence is the path derivative, which takes longer.</param>
    internal static (Tensor Z, Tensor Divergence) DrawWithDivergence(
        (Distribution Posterior, Distribution Prior, Tensor? Closed) q, RandomKey key, Shape shape, bool isPath = false)
    {
        if (q.Closed is not null)
        {
            return (LatentVectors.RSample(q.Posterior, key, shape), q.Closed);
        }

        (Tensor z, Tensor log) = LatentVectors.Draw(q.Posterior, key, shape, isPath);
        return (z, (log - q.Prior.LogDensity(z)).Unsqueeze(-1));
    }

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        int input = _likelihood.InputSize + features[0];
        bool hadPosterior = _posterior.IsBuilt, hadLikelihood = _likelihood.IsBuilt;
        try
        {
            _posterior.Build(_encoder.Build([input], context.Child("encoder")), context.Child("posterior"));
            Options.Prior.Build(input, features, context.Child("prior"));
            _likelihood.Build(_decoder.Build([LatentSize + features[0]], context.Child("decoder")), context.Child("likelihood"));
        }
        catch
        {
            if (!hadPosterior)
            {
                _posterior.Unbuild();
            }

            if (!hadLikelihood)
            {
                _likelihood.Unbuild();
            }

            Options.Prior.Unbuild();
            throw;
        }
    }

    private Distribution PosteriorOfInput(Tensor input, ForwardContext context) => LatentVectors.Of(_posterior.Forward(Run(_encoder, input, context)));

    private Tensor Weight(LossContext context, DType dtype) => Options.KlAnnealing == 0 || !context.IsTraining
        ? Options.Beta
        : Options.Beta * Tensor.Minimum(context.Progress.Cast(dtype) / Options.KlAnnealing, 1);

    private static Tensor With(Tensor x, Tensor features) => features.Shape[-1] == 0 ? x : Tensor.Concat([x, features], -1);

    // Layers take one axis of examples.
    private static Tensor Run(Sequential layers, Tensor x, ForwardContext context)
    {
        if (x.Rank == 2)
        {
            return layers.Forward(x, context);
        }

        Shape lead = x.Shape[..^1];
        Tensor y = layers.Forward(x.Reshape([lead.Size, x.Shape[-1]]), context);
        return y.Reshape(lead.Concat(y.Shape[1..]));
    }
}
