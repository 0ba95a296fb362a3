using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Distributions of latent variables: vectors, whatever head they come from.</summary>
internal static class LatentVectors
{
    // Draws behind a mean that has no closed form.
    private const int MeanDraws = 64;

    /// <summary>The head as a part of an autoencoder, or an error if its predictions have no density.</summary>
    public static INestedHead RequireDensity(IHead head, string role)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head is INestedHead nested && head.OutputType.IsAssignableTo(typeof(Distribution))
            ? nested
            : throw new ArgumentException(
                $"VaeHead: the {role} {head} predicts {head.OutputType.Name}, which has no density; take a head whose prediction is a Distribution.", nameof(head));
    }

    /// <summary>Refuses a head whose predictions are not vectors of a length.</summary>
    public static void RequireSize(IHead head, string role, int size)
    {
        Shape expected = [size];
        if (head.TargetShape != expected)
        {
            throw new ShapeException($"VaeHead: the {role} {head} predicts outcomes of shape {head.TargetShape}; {size} latent variables need {expected}.");
        }
    }

    /// <summary>A prediction as a distribution of vectors: independent numbers become the coordinates of one.</summary>
    public static Distribution Of(Sampler prediction) => prediction switch
    {
        Normal normal => new Independent<Normal>(normal, 1),
        Distribution { EventShape.Rank: 0 } numbers => new Independent<Distribution>(numbers, 1),
        _ => (Distribution)prediction,
    };

    /// <summary>Draws with their log densities, both differentiable.</summary>
    /// <param name="posterior">The distribution.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="isPath">
    /// Whether the gradient of the log density flows through the draw alone, and not through the parameters that the density is evaluated with: what is left out has
    /// the expectation 0 and, near the optimum, all of the variance (Roeder, Wu and Duvenaud 2017).
    /// </param>
    public static (Tensor Value, Tensor LogProb) Draw(Distribution posterior, RandomKey key, Shape shape, bool isPath)
    {
        // From the forward pass alone: a flow made for posteriors has its inverse at a price only.
        if (posterior is TransformedVector flow)
        {
            return isPath ? flow.SampleAndPathLogProb(key, shape) : flow.SampleAndLogProb(key, shape);
        }

        Tensor z = RSample(posterior, key, shape), log = posterior.LogDensity(z);
        if (isPath)
        {
            Tensor score = posterior.LogDensity(Gradient.Stop(z));
            log = log - score + Gradient.Stop(score);
        }

        return (z, log);
    }

    /// <summary>Differentiable draws.</summary>
    public static Tensor RSample(Distribution posterior, RandomKey key, Shape shape) => posterior.AsReparameterized() is { } differentiable
        ? differentiable.RSample(key, shape)
        : throw new InvalidOperationException(
            $"VaeHead: draws of the posterior {posterior.Name} are not differentiable, so that it cannot be trained; take a head whose prediction is reparameterized.");

    /// <summary>
    /// KL(posterior‖prior) where it has a closed form: [..., latent] for independent variables, [..., 1] for others; else null.
    /// </summary>
    public static Tensor? ClosedDivergence(Distribution posterior, Distribution prior) => (posterior, prior) switch
    {
        (Independent<Normal> { Axes: 1 } q, Independent<Normal> { Axes: 1 } p) => q.Coordinates.Kl(p.Coordinates).Value,
        (MultivariateNormal, MultivariateNormal or Independent<Normal>) or (Independent<Normal>, MultivariateNormal) => posterior.Kl(prior).Value.Unsqueeze(-1),
        _ => null,
    };

    /// <summary>The mean, of shape batch + [latent]; by draws where it has no closed form.</summary>
    public static Tensor Mean(Distribution posterior, RandomKey key) => posterior is Independent<Normal> or MultivariateNormal or LowRankMultivariateNormal
        ? posterior.Mean().Value
        : posterior.Sample(key, MeanDraws).Mean(0);
}
