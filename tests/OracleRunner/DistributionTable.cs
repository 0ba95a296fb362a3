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
        ["HalfNormal"] = p => new HalfNormal(p["scale"]),
        ["HalfCauchy"] = p => new HalfCauchy(p["scale"]),
        ["AsymmetricLaplace"] = p => new AsymmetricLaplace(p["loc"], p["scale"], p["asymmetry"]),
        ["Cauchy"] = p => new Cauchy(p["loc"], p["scale"]),
        ["Gumbel"] = p => new Gumbel(p["loc"], p["scale"]),
        ["Weibull"] = p => new Weibull(p["scale"], p["concentration"]),
        ["InverseGamma"] = p => new InverseGamma(p["concentration"], p["scale"]),
        ["Pareto"] = p => new Pareto(p["scale"], p["alpha"]),
        ["Lomax"] = p => new Lomax(p["scale"], p["alpha"]),
        ["Levy"] = p => new Levy(p["loc"], p["scale"]),
        ["Rayleigh"] = p => new Rayleigh(p["scale"]),
        ["Maxwell"] = p => new Maxwell(p["scale"]),
        ["Moyal"] = p => new Moyal(p["loc"], p["scale"]),
        ["SkewNormal"] = p => new SkewNormal(p["loc"], p["scale"], p["skew"]),
        ["GeneralizedNormal"] = p => new GeneralizedNormal(p["loc"], p["scale"], p["power"]),
        ["ExGaussian"] = p => new ExGaussian(p["loc"], p["scale"], p["rate"]),
        ["LogLogistic"] = p => new LogLogistic(p["scale"], p["concentration"]),
        ["FisherSnedecor"] = p => new FisherSnedecor(p["df1"], p["df2"]),
        ["InverseGaussian"] = p => new InverseGaussian(p["loc"], p["concentration"]),
        ["JohnsonSU"] = p => new JohnsonSU(p["gamma"], p["delta"], p["loc"], p["scale"]),
        ["Frechet"] = p => new Frechet(p["scale"], p["alpha"]),
        ["Chi2"] = p => new Chi2(p["df"]),
        ["Erlang"] = p => new Erlang(p["concentration"], p["rate"]),
        ["Kumaraswamy"] = p => new Kumaraswamy(p["concentration1"], p["concentration0"]),
        ["LogUniform"] = p => new LogUniform(p["low"], p["high"]),
        ["LogitNormal"] = p => new LogitNormal(p["loc"], p["scale"]),
        ["Triangular"] = p => new Triangular(p["low"], p["high"], p["peak"]),
        ["TruncatedNormal"] = p => new TruncatedNormal(p["loc"], p["scale"], p["low"], p["high"]),
        ["VonMises"] = p => new VonMises(p["loc"], p["concentration"]),
        ["ContinuousBernoulli"] = p => p.TryGetValue("logits", out Tensor? logits)
            ? ContinuousBernoulli.FromLogits(logits) : ContinuousBernoulli.FromProbs(p["probs"]),
        ["Binomial"] = p => new Binomial(p["total_count"], p.TryGetValue("logits", out Tensor? logits) ? logits.Sigmoid() : p["probs"]),
        ["Geometric"] = p => new Geometric(p.TryGetValue("logits", out Tensor? logits) ? logits.Sigmoid() : p["probs"]),
        ["NegativeBinomial"] = p => new NegativeBinomial(p["total_count"], p.TryGetValue("logits", out Tensor? logits) ? logits.Sigmoid() : p["probs"]),
        ["ZeroInflatedPoisson"] = p => new ZeroInflated<Poisson>(p["gate"], new Poisson(p["rate"])),
        ["BetaBinomial"] = p => new BetaBinomial(p["total_count"], p["concentration1"], p["concentration0"]),
        ["DiscreteUniform"] = p => new DiscreteUniform(p["low"], p["high"]),
        ["Logarithmic"] = p => new Logarithmic(p["probs"]),
        ["Skellam"] = p => new Skellam(p["rate1"], p["rate2"]),
        ["Bernoulli"] = p => p.TryGetValue("logits", out Tensor? logits) ? Bernoulli.FromLogits(logits) : Bernoulli.FromProbs(p["probs"]),
        ["BernoulliLogits"] = p => Bernoulli.FromLogits(p["logits"]),
        ["Poisson"] = p => new Poisson(p["rate"]),
        ["Categorical"] = p => p.TryGetValue("logits", out Tensor? logits) ? Categorical.FromLogits(logits) : Categorical.FromProbs(Normalized(p["probs"])),
        ["CategoricalLogits"] = p => Categorical.FromLogits(p["logits"]),
        ["CategoricalProbs"] = p => Categorical.FromProbs(Normalized(p["probs"])),
        ["Gompertz"] = p => new Gompertz(p["concentration"], p["rate"]),
        ["GeneralizedPareto"] = p => new GeneralizedPareto(p["loc"], p["scale"], p["concentration"]),
        ["GeneralizedExtremeValue"] = p => new GeneralizedExtremeValue(p["loc"], p["scale"], p["concentration"]),
        ["PowerLaw"] = p => new PowerLaw(p["power"], p["low"], p["high"]),
        ["HalfStudentT"] = p => new HalfStudentT(p["df"], p["scale"]),
        ["SinhArcsinh"] = p => new SinhArcsinh(p["loc"], p["scale"], p["skewness"], p["tailweight"]),
        ["LogLaplace"] = p => new LogLaplace(p["scale"], p["concentration"]),
        ["SplitNormal"] = p => new SplitNormal(p["loc"], p["lower"], p["upper"]),
        ["BetaNegativeBinomial"] = p => new BetaNegativeBinomial(p["total_count"], p["concentration1"], p["concentration0"]),
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
    /// <exception cref="FormatException">A parameter of the family is not given.</exception>
    public static Distribution Create(string family, IReadOnlyDictionary<string, Tensor> parameters, Shape point = default)
    {
        try
        {
            return s_families.TryGetValue(family, out Func<IReadOnlyDictionary<string, Tensor>, Distribution>? create) ? create(parameters)
                : MultivariateTable.Create(family, parameters, point) is { } distribution ? distribution
                : throw new SkippedException($"the family {family} is unknown to the runner");
        }
        catch (KeyNotFoundException error)
        {
            throw new FormatException($"{family}: a parameter is missing from {string.Join(", ", parameters.Keys)}: {error.Message}", error);
        }
    }

    /// <summary>Refuses a family that the runner cannot create.</summary>
    /// <exception cref="SkippedException">The family is unknown to the runner.</exception>
    public static void Require(string family)
    {
        if (!Names.Contains(family))
        {
            throw new SkippedException($"the family {family} is unknown to the runner");
        }
    }

    // PyTorch divides by the sum, and its gradients go through that division.
    private static Tensor Normalized(Tensor probs) => probs / probs.Sum(-1, keepDims: true);
}
