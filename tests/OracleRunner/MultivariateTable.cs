using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.OracleRunner;

/// <summary>
/// The families of vectors and matrices, and of numbers with parameters that are vectors, of distributions.json by name, from their parameters in the names of the files.
/// </summary>
public static class MultivariateTable
{
    private static readonly Dictionary<string, Func<IReadOnlyDictionary<string, Tensor>, Shape, Distribution>> s_families = new()
    {
        ["Dirichlet"] = (p, _) => new Dirichlet(p["concentration"]),
        ["DirichletMultinomial"] = (p, _) => new DirichletMultinomial(p["total_count"], p["concentration"]),
        ["Empirical"] = (p, _) => new Empirical(p["points"], p["log_weights"]),
        ["ExpRelaxedCategorical"] = (p, _) => new ExpRelaxedCategorical(p["temperature"], Logits(p)),
        ["GaussianRandomWalk"] = (p, shape) => new GaussianRandomWalk(p["drift"], p["scale"], Length(p, shape)),
        ["GPMarginalRBF"] = (p, _) => GaussianProcess.Marginal(GaussianProcess.RadialBasis(p["t"], p["t"], p["amp"], p["ls"]), p["noise"]),
        ["Histogram"] = (p, _) => Histogram.FromProbs(p["edges"], p["probs"]),
        ["InverseWishart"] = (p, _) => new InverseWishart(p["df"], Factor(p, "scale_tril", "covariance_matrix")),
        ["KernelDensity"] = (p, _) => new KernelDensity(p["points"], p["bandwidth"]),
        ["LKJCholesky"] = (p, _) => new LkjCholesky((int)p["dim"].ToScalar(), p["concentration"]),
        ["LogisticNormal"] = (p, _) => new LogisticNormal(p["loc"], p["scale"]),
        ["LowRankMultivariateNormal"] = (p, _) => new LowRankMultivariateNormal(p["loc"], p["cov_factor"], p["cov_diag"]),
        ["MatrixNormal"] = (p, _) => new MatrixNormal(p["loc"], p["row_tril"], p["col_tril"]),
        ["MixtureDiagNormal"] = (p, _) => new VectorMixture<Independent<Normal>>(Logits(p), MultivariateNormal.Diagonal(p["loc"], p["scale"])),
        ["MixtureFullNormal"] = (p, _) => new VectorMixture<MultivariateNormal>(Logits(p), new MultivariateNormal(p["loc"], p["scale_tril"])),
        ["Multinomial"] = (p, _) => p.TryGetValue("logits", out Tensor? logits)
            ? Multinomial.FromLogits(p["total_count"], logits)
            : Multinomial.FromProbs(p["total_count"], p["probs"]),
        ["MultivariateNormal"] = (p, _) => Normal(p),
        ["MultivariateNormalCov"] = (p, _) => Normal(p),
        ["MultivariateNormalPrecision"] = (p, _) => Normal(p),
        ["MultivariateNormalTril"] = (p, _) => Normal(p),
        ["MultivariateStudentT"] = (p, _) => new MultivariateStudentT(p["df"], p["loc"], p["scale_tril"]),
        ["OneHotCategorical"] = (p, _) => p.TryGetValue("logits", out Tensor? logits) ? OneHotCategorical.FromLogits(logits) : OneHotCategorical.FromProbs(p["probs"]),
        ["RelaxedBernoulli"] = (p, _) => new RelaxedBernoulli(p["temperature"], p.TryGetValue("logits", out Tensor? logits) ? logits : p["probs"].Logit()),
        ["RelaxedOneHotCategorical"] = (p, _) => new RelaxedOneHotCategorical(p["temperature"], Logits(p)),
        ["StationaryAR1"] = (p, shape) => new StationaryAR1(p["phi"], p["sigma"], Length(p, shape)),
        ["VonMisesFisher3"] = (p, _) => new VonMisesFisher(p["mean_direction"], p["concentration"]),
        ["VonMisesFisher"] = (p, _) => new VonMisesFisher(p["mean_direction"], p["concentration"]),
        ["Wishart"] = (p, _) => new Wishart(p["df"], Factor(p, "scale_tril", "covariance_matrix")),
    };

    /// <summary>The names of the families that the runner runs.</summary>
    public static IReadOnlyCollection<string> Names => s_families.Keys;

    /// <summary>Creates a distribution; null for a family that is not in this table.</summary>
    /// <param name="family">Its name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="point">The shape of a point, which is the length of a series.</param>
    public static Distribution? Create(string family, IReadOnlyDictionary<string, Tensor> parameters, Shape point) =>
        s_families.TryGetValue(family, out Func<IReadOnlyDictionary<string, Tensor>, Shape, Distribution>? create) ? create(parameters, point) : null;

    // That of a point, or given where there is none.
    private static int Length(IReadOnlyDictionary<string, Tensor> p, Shape shape) => p.TryGetValue("length", out Tensor? length) ? (int)length.ToScalar() : shape[^1];

    private static Tensor Logits(IReadOnlyDictionary<string, Tensor> p) => p.TryGetValue("logits", out Tensor? logits) ? logits : p["probs"].Log();

    private static Tensor Factor(IReadOnlyDictionary<string, Tensor> p, string factor, string matrix) =>
        p.TryGetValue(factor, out Tensor? tril) ? tril : p[matrix].Cholesky();

    private static MultivariateNormal Normal(IReadOnlyDictionary<string, Tensor> p) =>
        p.TryGetValue("scale_tril", out Tensor? tril) ? new MultivariateNormal(p["loc"], tril)
        : p.TryGetValue("precision", out Tensor? precision) || p.TryGetValue("precision_matrix", out precision) ? MultivariateNormal.FromPrecision(p["loc"], precision)
        : MultivariateNormal.FromCovariance(p["loc"], p.TryGetValue("covariance", out Tensor? covariance) ? covariance : p["covariance_matrix"]);
}
