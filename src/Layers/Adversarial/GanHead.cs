using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts vectors by a generative adversarial network (Goodfellow et al. 2014), conditional on the features if there are any (Mirza and Osindero 2014): a generator
/// turns random numbers into data, and learns from a critic that learns to tell them from the training data. Their steps take turns, with an optimizer each.
/// The prediction can be sampled and has no density. The validation loss is the energy score of <see cref="ValidationDraws"/> draws, a proper score (Gneiting and Raftery
/// 2007): the losses of the game do not tell how good a generator is.
/// </summary>
public sealed class GanHead : Head<Generator>
{
    /// <summary>Draws an example behind the validation loss.</summary>
    public const int ValidationDraws = 8;

    private const int DefaultUnits = 128;

    private readonly GanNetworks _networks;

    /// <summary>Creates the head.</summary>
    /// <param name="dimension">The length of a vector; at least 1.</param>
    /// <param name="generator">Layers from [n, latent + features], after which a linear layer gives the data; null for two of 128 units with ReLU.</param>
    /// <param name="critic">Layers from [n, dimension + features], after which a linear layer gives one number; null for two of 128 units with leaky ReLU.</param>
    /// <param name="latent">How many standard Normal numbers a draw is made of; null for as many as it has dimensions, and at least 2.</param>
    /// <param name="loss">What they play for.</param>
    /// <param name="gradientPenalty">How much the critic's slope is held at 1, between data and draws; of the Wasserstein loss only. At least 0.</param>
    /// <param name="criticSteps">Steps of the critic for one of the generator; null for 5 with the Wasserstein loss, else 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    /// <exception cref="ArgumentException">A layer stands at two places, or in another head.</exception>
    public GanHead(
        int dimension, Layer? generator = null, Layer? critic = null, int? latent = null, GanLoss loss = GanLoss.Wasserstein, double gradientPenalty = 10,
        int? criticSteps = null)
    {
        Require(dimension >= 1, nameof(dimension), dimension, "must be at least 1");
        Require(latent is null or >= 1, nameof(latent), latent, "must be at least 1");
        Require(criticSteps is null or >= 1, nameof(criticSteps), criticSteps, "must be at least 1");
        Require(gradientPenalty is >= 0 and < double.PositiveInfinity, nameof(gradientPenalty), gradientPenalty, "must be a finite number of at least 0");
        Require(Enum.IsDefined(loss), nameof(loss), loss, "must be one of the losses");
        LossKind = loss;
        GradientPenalty = gradientPenalty;
        CriticSteps = criticSteps ?? (loss == GanLoss.Wasserstein ? 5 : 1);
        Ownership.TakeAll(generator is null ? [] : [generator], this, nameof(generator));
        Ownership.TakeAll(critic is null ? [] : [critic], this, nameof(critic));
        _networks = new GanNetworks(
            dimension, latent ?? Math.Max(2, dimension), generator ?? Hidden(Activation.Relu), critic ?? Hidden(Activation.LeakyRelu));
    }

    /// <summary>The length of a vector.</summary>
    public int Dimension => _networks.Dimension;

    /// <summary>How many random numbers a draw is made of.</summary>
    public int Latent => _networks.Latent;

    /// <summary>What generator and critic play for.</summary>
    public GanLoss LossKind { get; }

    /// <summary>How much the critic's slope is held at 1.</summary>
    public double GradientPenalty { get; }

    /// <summary>Steps of the critic for one of the generator.</summary>
    public int CriticSteps { get; }

    /// <inheritdoc/>
    public override Shape TargetShape => [Dimension];

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Layer> Parts => [_networks.Generator, _networks.Critic];

    /// <summary>The critic, then the generator together with the model's body.</summary>
    public override IReadOnlyList<TrainingPhase<Generator>> Phases =>
    [
        new("critic", _networks.Critic.Parameters, CriticLoss) { Repeats = CriticSteps },
        new("generator", _networks.Generator.Parameters, GeneratorLoss) { TrainsBody = true },
    ];

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["dimension"] = Dimension,
        ["generator"] = _networks.GeneratorBody.Describe().ToJson(),
        ["critic"] = _networks.CriticBody.Describe().ToJson(),
        ["latent"] = Latent,
        ["loss"] = LossKind.ToString(),
        ["gradient_penalty"] = GradientPenalty,
        ["critic_steps"] = CriticSteps,
    });

    /// <inheritdoc/>
    public override string ToString() => $"GanHead({Dimension})";

    /// <inheritdoc/>
    public override Generator Forward(Tensor features) => new(_networks, features, HeldWeights.ValuesOf(_networks.Generator.Parameters));

    /// <summary>The energy score, E|X − y| − ½·E|X − X′|, of <see cref="ValidationDraws"/> draws, [n], in standardized units.</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Generator prediction, Tensor target, LossContext context)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Scores.Energy(
            Tensor.Stack([.. context.Key.FoldIn(1).Split(ValidationDraws).Select(key => _networks.Generate(key, prediction.Features, context.Forward.Child(0)))]),
            prediction.Standardize(target), fair: true);
    }

    /// <summary>The energy score in units of the standardized data: it has none of its own where the coordinates' differ.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale) => loss;

    /// <inheritdoc/>
    public override Generator Rescale(Generator prediction, Tensor loc, Tensor scale) => prediction.Rescale(loc, scale);

    /// <summary>The head that was described.</summary>
    internal static GanHead From(LayerDescription d) => new(
        d.Integer("dimension"), LayerRegistry.CreateLayer(d.Part("generator")), LayerRegistry.CreateLayer(d.Part("critic")), d.Integer("latent"), d.Choice<GanLoss>("loss"),
        d.Number("gradient_penalty"), d.Integer("critic_steps"));

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context) => _networks.Build(features[0], context);

    private Tensor CriticLoss(Generator prediction, Tensor target, LossContext context)
    {
        ForwardContext forward = context.Forward;
        target = prediction.Standardize(target);
        Tensor features = prediction.Features, fake = _networks.Generate(context.Key.FoldIn(1), features, forward.Child(0));
        Tensor ofData = _networks.Criticize(target, features, forward.Child(1)), ofDraws = _networks.Criticize(fake, features, forward.Child(2));
        if (LossKind == GanLoss.NonSaturating)
        {
            return (-ofData).Softplus() + ofDraws.Softplus();
        }

        // The slope at points between data and draws; a small number keeps its own slope finite at 0.
        Tensor part = context.Key.FoldIn(2).Uniform([target.Shape[0], 1], target.DType);
        Tensor slope = Gradient.Of(x => _networks.Criticize(x, features, forward.Child(3)).Sum(), (part * target) + ((1 - part) * fake));
        Tensor norm = (slope.Square().Sum(-1) + 1e-12).Sqrt();
        return ofDraws - ofData + (GradientPenalty * (norm - 1).Square());
    }

    private Tensor GeneratorLoss(Generator prediction, Tensor target, LossContext context)
    {
        Tensor fake = _networks.Generate(context.Key.FoldIn(1), prediction.Features, context.Forward.Child(0));
        Tensor critic = _networks.Criticize(fake, prediction.Features, context.Forward.Child(1));
        return LossKind == GanLoss.NonSaturating ? (-critic).Softplus() : -critic;
    }

    private static Sequential Hidden(Activation activation) => new(new Dense(DefaultUnits, activation), new Dense(DefaultUnits, activation));

    private static void Require(bool holds, string name, object? value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"GanHead: {name} = {value}: it {rule}."));
        }
    }
}
