using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>The distribution of the latent variables of a variational autoencoder before an example is seen. One with parameters belongs to one autoencoder.</summary>
public abstract class LatentPrior
{
    private protected LatentPrior()
    {
    }

    /// <summary>N(0, I).</summary>
    public static LatentPrior StandardNormal { get; } = new StandardNormalPrior();

    /// <summary>
    /// The VampPrior: the equal mixture of the posteriors of learned pseudo-examples (Tomczak and Welling 2018).
    /// </summary>
    /// <param name="components">How many pseudo-examples; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one.</exception>
    public static LatentPrior Vamp(int components) => new VampPrior(components);

    /// <summary>What a head predicts, trained with the autoencoder: a flow, a mixture, a Normal that depends on the features.</summary>
    /// <param name="head">A head that predicts vectors of the latent size and has a density.</param>
    /// <param name="isConditional">Whether it is given the features of the autoencoder, as p(z|x), and not none.</param>
    public static LatentPrior Of(IHead head, bool isConditional = false) => new HeadPrior(head, isConditional);

    internal virtual IReadOnlyList<Parameter> Parameters => [];

    internal virtual IReadOnlyList<Parameter> State => [];

    internal abstract LayerDescription Describe();

    /// <summary>Refuses what cannot be a prior of so many latent variables.</summary>
    internal virtual void Require(int latentSize)
    {
    }

    /// <summary>Creates the parameters.</summary>
    /// <param name="encoderInput">The width of what the encoder takes.</param>
    /// <param name="features">The shape of the autoencoder's features: [features].</param>
    /// <param name="context">Path, key and type.</param>
    internal virtual void Build(int encoderInput, Shape features, BuildContext context)
    {
    }

    internal virtual void Unbuild()
    {
    }

    /// <summary>Makes what has parameters a part of an autoencoder.</summary>
    /// <param name="owner">The autoencoder.</param>
    /// <param name="name">The parameter of its constructor.</param>
    internal virtual void TakeFor(VaeHead owner, string name)
    {
    }

    /// <summary>Sets parameters that live in the space of the examples to their location and scale.</summary>
    internal virtual void InitializeFor(TargetStatistics statistics)
    {
    }

    /// <summary>The distribution, of vectors, with the batch shape [] or that of the features.</summary>
    /// <param name="latentSize">The length of the vectors.</param>
    /// <param name="features">[..., features].</param>
    /// <param name="posterior">From what the encoder takes to the distribution of z.</param>
    internal abstract Distribution Predict(int latentSize, Tensor features, Func<Tensor, Distribution> posterior);

    internal static LatentPrior FromDescription(LayerDescription description) => description.Kind switch
    {
        StandardNormalPrior.Kind => StandardNormal,
        VampPrior.Kind => Vamp(description.Integer("components")),
        HeadPrior.Kind => Of(LayerRegistry.CreateHead(description.Part("head")), description.Flag("is_conditional")),
        var other => throw new ArgumentException(
            $"LatentPrior: the prior '{other}' is unknown; known are {HeadPrior.Kind}, {StandardNormalPrior.Kind}, {VampPrior.Kind}.", nameof(description)),
    };
}
