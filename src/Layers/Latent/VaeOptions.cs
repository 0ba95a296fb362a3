namespace ProbNet.Layers;

/// <summary>The parts of a variational autoencoder that have a default, and how it is trained.</summary>
public sealed record VaeOptions
{
    /// <summary>
    /// From the encoder's features to q(z|y): any head that predicts vectors of the latent size whose draws are differentiable, such as a Normal with a full covariance or an
    /// inverse autoregressive flow (Kingma et al. 2016). Null is a <see cref="NormalHead"/>: independent Normals.
    /// </summary>
    public IHead? Posterior { get; init; }

    /// <summary>p(z), or p(z|x). Default N(0, I).</summary>
    public LatentPrior Prior { get; init; } = LatentPrior.StandardNormal;

    /// <summary>
    /// β, the weight of the divergence in the loss (Higgins et al. 2017); at least 0. 1, the default, makes the loss the negative evidence lower bound.
    /// </summary>
    public double Beta { get; init; } = 1;

    /// <summary>The part of training over which the weight of the divergence rises from 0 to β (Bowman et al. 2016); from 0, the default, to 1.</summary>
    public double KlAnnealing { get; init; }

    /// <summary>
    /// Nats of divergence a latent variable, on average over a batch, that cost nothing more than their own number (Kingma et al. 2016): training has no reason to go below.
    /// Validation counts them all. Default 0. Where the divergence is not known for each variable, it is their sum that is compared.
    /// </summary>
    public double FreeBits { get; init; }

    internal void Validate()
    {
        Require(Beta >= 0 && double.IsFinite(Beta), nameof(Beta), Beta, "must be finite and not negative");
        Require(KlAnnealing is >= 0 and <= 1, nameof(KlAnnealing), KlAnnealing, "must lie in [0, 1]: it is a part of the training");
        Require(FreeBits >= 0 && double.IsFinite(FreeBits), nameof(FreeBits), FreeBits, "must be finite and not negative");
    }

    private static void Require(bool holds, string name, double value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"VaeOptions.{name} = {value}: it {rule}."));
        }
    }
}
