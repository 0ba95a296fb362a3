using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.OracleRunner;

/// <summary>The families of distributions.json and kl.json by name, from their parameters in PyTorch's names.</summary>
public static class DistributionTable
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, Tensor>, Distribution>> s_families = new()
    {
        ["Normal"] = p => new Normal(p["loc"], p["scale"]),
        ["LogNormal"] = p => new LogNormal(p["loc"], p["scale"]),
        ["StudentT"] = p => new StudentT(p["df"], p["loc"], p["scale"]),
        ["Laplace"] = p => new Laplace(p["loc"], p["scale"]),
        ["Logistic"] = p => new Logistic(p["loc"], p["scale"]),
        ["Uniform"] = p => new Uniform(p["low"], p["high"]),
        ["Exponential"] = p => new Exponential(p["rate"]),
        ["Gamma"] = p => new Gamma(p["concentration"], p["rate"]),
        ["Beta"] = p => new Beta(p["concentration1"], p["concentration0"]),
        ["Bernoulli"] = p => p.TryGetValue("logits", out Tensor? logits) ? Bernoulli.FromLogits(logits) : Bernoulli.FromProbs(p["probs"]),
        ["BernoulliLogits"] = p => Bernoulli.FromLogits(p["logits"]),
        ["Poisson"] = p => new Poisson(p["rate"]),
        ["Categorical"] = p => p.TryGetValue("logits", out Tensor? logits) ? Categorical.FromLogits(logits) : Categorical.FromProbs(Normalized(p["probs"])),
        ["CategoricalLogits"] = p => Categorical.FromLogits(p["logits"]),
        ["CategoricalProbs"] = p => Categorical.FromProbs(Normalized(p["probs"])),
        ["MultivariateNormalDiag"] = p => new Independent<Normal>(new Normal(p["loc"], p["scale_diag"]), 1),
        ["MixtureNormal"] = p => new Mixture<Normal>(p["probs"].Log(), new Normal(p["loc"], p["scale"])),
    };

    /// <summary>The names of the families that the runner runs.</summary>
    public static IReadOnlyCollection<string> Names => [.. s_families.Keys, .. MultivariateTable.Names];

    /// <summary>Creates a distribution.</summary>
    /// <param name="family">Its name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="point">The shape of a point, which the length of a series is taken from.</param>
    /// <exception cref="SkippedException">The family is unknown to the runner.</exception>
    public static Distribution Create(string family, IReadOnlyDictionary<string, Tensor> parameters, Shape point = default) =>
        s_families.TryGetValue(family, out Func<IReadOnlyDictionary<string, Tensor>, Distribution>? create) ? create(parameters)
            : MultivariateTable.Create(family, parameters, point) is { } distribution ? distribution
            : throw new SkippedException($"the family {family} is not there yet");

    /// <summary>Refuses a family that the runner cannot create.</summary>
    /// <exception cref="SkippedException">The family is unknown to the runner.</exception>
    public static void Require(string family)
    {
        if (!Names.Contains(family))
        {
            throw new SkippedException($"the family {family} is not there yet");
        }
    }

    // PyTorch divides by the sum, and its gradients go through that division.
    private static Tensor Normalized(Tensor probs) => probs / probs.Sum(-1, keepDims: true);
}
