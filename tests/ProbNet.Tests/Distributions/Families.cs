using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The table of all one-dimensional families. Every one goes through the whole battery.</summary>
public static class Families
{
    private static readonly double[] Line = [-1e30, -1e6, -50, 50, 1e6, 1e30];
    private static readonly double[] HalfLine = [1e-300, 1e-30, 1e-3, 50, 1e6];

    private static readonly double[] Infinities = [double.NegativeInfinity, double.PositiveInfinity];
    private static readonly double[] Negatives = [-1, -1e-300, double.PositiveInfinity];
    private static readonly double[] UnitOutside = [-1, -1e-300, 1.0000001, double.PositiveInfinity];

    public static IReadOnlyList<Family> All { get; } =
    [
        new("Normal", p => new Normal(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = Infinities,
        },
        new("LogNormal", p => new LogNormal(p[0], p[1]), [[0, 0.5], [1, 0.3], [-2, 0.8]])
        {
            Extremes = [[0, 1e-8], [-50, 1], [3, 20]], Far = HalfLine, Outside = [-1, -1e-300, 0, double.PositiveInfinity],
        },
        new("StudentT", p => new StudentT(p[0], p[1], p[2]), [[5, 0, 1], [9, -3, 0.4], [30, 20, 7]])
        {
            Extremes = [[0.05, 0, 1], [1e8, 0, 1], [1, 0, 1e-20], [2.1, 1e10, 1]], Far = [.. Line, -1e200, 1e200],
            Outside = Infinities,
        },
        new("Laplace", p => new Laplace(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = Infinities,
        },
        new("Logistic", p => new Logistic(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = Infinities,
        },
        new("Uniform", p => new Uniform(p[0], p[1]), [[0, 1], [-3, -2.5], [-4, 20]])
        {
            Extremes = [[0, 1e-30], [-1e30, 1e30], [1e-12, 2e-12]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("Exponential", p => new Exponential(p[0]), [[1], [0.2], [5]])
        {
            Extremes = [[1e-20], [1e20]], Far = HalfLine, Outside = Negatives,
        },
        new("Gamma", p => new Gamma(p[0], p[1]), [[2, 1], [0.7, 3], [40, 0.5]])
        {
            Extremes = [[1e-3, 1], [1e7, 1], [2, 1e-20], [2, 1e20]], Far = HalfLine, Outside = Negatives,
        },
        new("Beta", p => new Beta(p[0], p[1]), [[2, 3], [0.7, 1.6], [40, 15]])
        {
            Extremes = [[1e-3, 1], [1, 1e-3], [1e5, 1e5], [0.02, 0.02]], Far = [1e-300, 1e-10, 0.999999999],
            Outside = [-1, -1e-300, 1.0000001, double.PositiveInfinity],
        },
        new("Cauchy", p => new Cauchy(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = [.. Line, -1e200, 1e200], Outside = Infinities, HasMoments = false,
        },
        new("Gumbel", p => new Gumbel(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = [-50, 50, 1e6, 1e30], Outside = Infinities,
        },
        new("Moyal", p => new Moyal(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = [-50, 50, 1e6, 1e30], Outside = Infinities,
        },
        new("AsymmetricLaplace", p => new AsymmetricLaplace(p[0], p[1], p[2]), [[0, 1, 1], [-3, 0.4, 2], [20, 7, 0.6]])
        {
            Extremes = [[0, 1e-30, 2], [1e20, 1, 0.5], [0, 1, 1e-6], [0, 1, 1e6]], Far = Line, Outside = Infinities,
        },
        new("SplitNormal", p => new SplitNormal(p[0], p[1], p[2]), [[0, 1, 1], [-3, 0.4, 2], [20, 7, 0.6]])
        {
            Extremes = [[0, 1e-30, 2], [1e20, 1, 0.5], [0, 1, 1e-6], [0, 1, 1e6]], Far = Line, Outside = Infinities,
        },
        new("SkewNormal", p => new SkewNormal(p[0], p[1], p[2]), [[0, 1, 0], [-3, 0.4, 4], [20, 7, -1.5]])
        {
            Extremes = [[0, 1e-30, 2], [1e20, 1, -2], [0, 1, 1e8], [0, 1, -1e-8]], Far = Line, Outside = Infinities,
        },
        new("GeneralizedNormal", p => new GeneralizedNormal(p[0], p[1], p[2]), [[0, 1, 1], [-3, 0.4, 2.5], [20, 7, 0.8]])
        {
            Extremes = [[0, 1e-30, 2], [1e20, 1, 0.5], [0, 1, 0.2], [0, 1, 30]], Far = [-1e6, -50, 50, 1e6], Outside = Infinities,
        },
        new("JohnsonSU", p => new JohnsonSU(p[0], p[1], p[2], p[3]), [[0, 2, 0, 1], [1.5, 3, -3, 0.4], [-1, 2.5, 20, 7]])
        {
            Extremes = [[0, 0.1, 0, 1], [50, 2, 0, 1], [0, 100, 0, 1], [0, 1, 0, 1e-20]], Far = Line, Outside = Infinities,
        },
        new("ExGaussian", p => new ExGaussian(p[0], p[1], p[2]), [[0, 1, 1], [-3, 0.4, 5], [20, 7, 0.05]])
        {
            Extremes = [[0, 1e-8, 1], [0, 1, 1e-6], [0, 1, 1e6], [1e10, 1, 1]], Far = Line, Outside = Infinities,
        },
        new("HalfNormal", p => new HalfNormal(p[0]), [[1], [0.2], [5]]) { Extremes = [[1e-20], [1e20]], Far = HalfLine, Outside = Negatives },
        new("HalfCauchy", p => new HalfCauchy(p[0]), [[1], [0.2], [5]])
        {
            Extremes = [[1e-20], [1e20]], Far = [.. HalfLine, 1e200], Outside = Negatives, HasMoments = false,
        },
        new("Weibull", p => new Weibull(p[0], p[1]), [[1, 1.5], [0.2, 0.8], [5, 4]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.05], [1, 1e4]], Far = [1e-300, 1e-30, 1e-3, 50], Outside = Negatives,
        },
        new("Rayleigh", p => new Rayleigh(p[0]), [[1], [0.2], [5]]) { Extremes = [[1e-20], [1e20]], Far = HalfLine, Outside = [.. Negatives, 0] },
        new("Maxwell", p => new Maxwell(p[0]), [[1], [0.2], [5]]) { Extremes = [[1e-20], [1e20]], Far = HalfLine, Outside = [.. Negatives, 0] },
        new("Frechet", p => new Frechet(p[0], p[1]), [[1, 5], [0.2, 7], [5, 12]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.1], [1, 1e4]], Far = [1e-3, 50, 1e6, 1e200], Outside = [.. Negatives, 0],
        },
        new("InverseGamma", p => new InverseGamma(p[0], p[1]), [[6, 1], [7, 3], [40, 0.5]])
        {
            Extremes = [[1e-2, 1], [1e7, 1], [2, 1e-20], [2, 1e20]], Far = [1e-30, 1e-3, 50, 1e6, 1e200], Outside = [.. Negatives, 0],
        },
        new("LogLogistic", p => new LogLogistic(p[0], p[1]), [[1, 6], [0.2, 8], [5, 12]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.1], [1, 1e4]], Far = [.. HalfLine, 1e200], Outside = Negatives,
        },
        new("LogLaplace", p => new LogLaplace(p[0], p[1]), [[1, 6], [0.2, 8], [5, 12]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.1], [1, 1e4]], Far = [.. HalfLine, 1e200], Outside = Negatives,
        },
        new("Lomax", p => new Lomax(p[0], p[1]), [[1, 6], [0.2, 8], [5, 12]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.1], [1, 1e8]], Far = [.. HalfLine, 1e200], Outside = Negatives,
        },
        new("Pareto", p => new Pareto(p[0], p[1]), [[1, 6], [0.2, 8], [5, 12]])
        {
            Extremes = [[1e-20, 2], [1e20, 2], [1, 0.1], [1, 1e8]], Far = [6, 50, 1e6, 1e200], Outside = [.. Negatives, 0, 0.1], MovingSupport = true,
        },
        new("Levy", p => new Levy(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-20], [1e10, 1], [0, 1e20]], Far = [20.1, 50, 1e6, 1e200], Outside = [-3, double.PositiveInfinity],
            HasMoments = false, MovingSupport = true,
        },
        new("Chi2", p => new Chi2(p[0]), [[3], [1.4], [80]]) { Extremes = [[1e-2], [1e7]], Far = HalfLine, Outside = Negatives },
        new("Erlang", p => new Erlang(p[0], p[1]), [[1, 1], [3, 0.2], [40, 5]])
        {
            Extremes = [[1, 1e-20], [1e6, 1], [2, 1e20]], Far = HalfLine, Outside = Negatives, Fixed = [0],
        },
        new("FisherSnedecor", p => new FisherSnedecor(p[0], p[1]), [[3, 12], [5, 20], [40, 30]])
        {
            Extremes = [[0.1, 1], [1, 0.1], [1e6, 1e6], [2, 5]], Far = [.. HalfLine, 1e200], Outside = Negatives,
        },
        new("InverseGaussian", p => new InverseGaussian(p[0], p[1]), [[1, 2], [0.2, 3], [5, 5]])
        {
            Extremes = [[1, 1e-6], [1, 1e8], [1e-20, 1e-20], [1e10, 1]], Far = [1e-30, 1e-3, 50, 1e6, 1e200], Outside = [.. Negatives, 0],
        },
        new("Kumaraswamy", p => new Kumaraswamy(p[0], p[1]), [[2, 3], [1.2, 1.6], [40, 15]])
        {
            Extremes = [[1e-3, 1], [1, 1e-3], [1e5, 1e5], [0.02, 0.02]], Far = [1e-300, 1e-10, 0.999999999], Outside = UnitOutside,
        },
        new("LogitNormal", p => new LogitNormal(p[0], p[1]), [[0, 1], [-1, 0.4], [2, 0.7]])
        {
            Extremes = [[0, 1e-8], [30, 1], [-30, 1], [0, 50]], Far = [1e-300, 1e-10, 0.999999999], Outside = [.. UnitOutside, 0, 1],
        },
        new("ContinuousBernoulliFromProbs", p => ContinuousBernoulli.FromProbs(p[0]), [[0.3], [0.52], [0.95]])
        {
            Extremes = [[1e-30], [1 - 1e-7], [0.5]], Far = [0, 1e-300, 1e-10, 0.999999999, 1], Outside = UnitOutside,
        },
        new("ContinuousBernoulliFromLogits", p => ContinuousBernoulli.FromLogits(p[0]), [[-1.5], [0.01], [8]])
        {
            Extremes = [[-1e4], [1e4], [0], [1e-12]], Far = [0, 1e-300, 1e-10, 0.999999999, 1], Outside = UnitOutside,
        },
        new("LogUniform", p => new LogUniform(p[0], p[1]), [[1, 3], [0.2, 2], [50, 60]])
        {
            Extremes = [[1e-30, 1e30], [1, 1.000001], [1e-12, 2e-12]], Outside = [-1, 0, 1e-9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("Triangular", p => new Triangular(p[0], p[1], p[2]), [[0, 1, 0.3], [-3, -2.5, -2.6], [-4, 20, 1]])
        {
            Extremes = [[0, 1, 0], [0, 1, 1], [-1e30, 1e30, 0]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("TruncatedNormal", p => new TruncatedNormal(p[0], p[1], p[2], p[3]), [[0, 1, -1, 2], [-3, 0.4, -2.5, -1], [5, 7, -4, 20]])
        {
            Extremes = [[0, 1, 30, 40], [0, 1, -40, -30], [0, 1, 5, 5.000001], [0, 1, -50, 50], [0, 1e-6, 1, 2]],
            Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("TruncatedNormalAbove", p => new TruncatedNormal(p[0], p[1], p[2], double.PositiveInfinity), [[0, 1, 1], [-3, 0.4, -2.5], [5, 7, -4]])
        {
            Extremes = [[0, 1, 30], [0, 1, -30], [0, 1e-6, 1]], Far = [50, 1e6], Outside = [-1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("VonMises", p => new VonMises(p[0], p[1]), [[0, 1], [-1, 5], [2, 0.3]])
        {
            Extremes = [[0, 1e-6], [1, 1e6], [0, 700]], Outside = [-1e9, -20, 20, double.PositiveInfinity], MovingSupport = true,
        },
        new("BernoulliFromProbs", p => Bernoulli.FromProbs(p[0]), [[0.3], [0.5], [0.9]])
        {
            Extremes = [[1e-30], [1 - 1e-7]], Far = [0, 1], Outside = [-1, 0.5, 2, double.PositiveInfinity],
        },
        new("BernoulliFromLogits", p => Bernoulli.FromLogits(p[0]), [[-1.5], [0.2], [3]])
        {
            Extremes = [[-800], [800]], Far = [0, 1], Outside = [-1, 0.5, 2, double.PositiveInfinity],
        },
        new("CategoricalFromProbs", p => Categorical.FromProbs(Tensor.Stack(p, -1)), [[0.2, 0.5, 0.3], [1, 2, 5], [0.4, 0.1, 0.5]])
        {
            Extremes = [[1e-30, 1, 1e-30], [1, 1e-30, 2]], Far = [0, 1, 2], Outside = [-1, 0.5, 3, double.PositiveInfinity],
        },
        new("CategoricalFromLogits", p => Categorical.FromLogits(Tensor.Stack(p, -1)), [[0, 1, -1], [3, 2, 2.5], [-1, 0.3, 0]])
        {
            Extremes = [[-800, 0, 800], [1e30, 1e30, 1e30]], Far = [0, 1, 2], Outside = [-1, 0.5, 3, double.PositiveInfinity],
        },
        new("Poisson", p => new Poisson(p[0]), [[1.3], [7], [60]])
        {
            Extremes = [[1e-20], [1e6]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("Binomial", p => new Binomial(p[0], p[1]), [[1, 0.3], [20, 0.1], [100, 0.6]])
        {
            Extremes = [[10, 1e-30], [1e9, 1e-9], [1e7, 0.5], [3, 1]], Far = [0, 1], Outside = [-1, 0.5, 101, double.PositiveInfinity], Fixed = [0],
        },
        new("Geometric", p => new Geometric(p[0]), [[0.3], [0.15], [0.9]])
        {
            Extremes = [[1e-6], [1 - 1e-7]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("NegativeBinomial", p => new NegativeBinomial(p[0], p[1]), [[2, 0.6], [0.7, 0.5], [30, 0.4]])
        {
            Extremes = [[1e-3, 0.5], [1e7, 1e-5], [3, 0.9999]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("BetaBinomial", p => new BetaBinomial(p[0], p[1], p[2]), [[1, 2, 3], [20, 0.7, 1.6], [100, 8, 5]])
        {
            Extremes = [[10, 1e-6, 1], [10, 1e7, 1e7], [0, 1, 1]], Far = [0, 1], Outside = [-1, 0.5, 101, double.PositiveInfinity], Fixed = [0],
        },
        new("DiscreteUniform", p => new DiscreteUniform(p[0], p[1]), [[0, 5], [2, 2], [1, 99]])
        {
            Extremes = [[-1e6, 1e6], [0, 0]], Far = [2], Outside = [-1, 0.5, 101, double.PositiveInfinity], Fixed = [0, 1],
        },
        new("Logarithmic", p => new Logarithmic(p[0]), [[0.3], [0.8], [0.9]])
        {
            Extremes = [[1e-20], [1 - 1e-4]], Far = [1, 2, 1000], Outside = [-1, 0, 0.5, double.PositiveInfinity],
        },
        new("Skellam", p => new Skellam(p[0], p[1]), [[2, 3], [0.5, 6], [60, 7]])
        {
            Extremes = [[1e-10, 1e-10], [1e4, 2e4], [1e-3, 100]], Far = [-1000, -1, 0, 1, 1000], Outside = [0.5, double.PositiveInfinity], FirstOutcome = -100,
        },
        new("ZeroInflatedPoisson", p => new ZeroInflated<Poisson>(p[0], new Poisson(p[1])), [[0.3, 1.3], [0.6, 7], [0.05, 60]])
        {
            Extremes = [[0, 3], [1e-30, 1e4], [1, 3]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("HurdleNegativeBinomial", p => new Hurdle<NegativeBinomial>(p[0], new NegativeBinomial(p[1], p[2])), [[0.3, 2, 0.6], [0.6, 0.7, 0.5], [0.05, 30, 0.4]])
        {
            Extremes = [[0, 1, 0.5], [1e-30, 1e3, 0.2], [1, 3, 0.1]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("MixtureOfNormals", p => new Mixture<Normal>(Pair(p, 0), new Normal(Pair(p, 1), Pair(p, 2))),
            [[0, 0.5, -1, 2, 0.5, 1], [1, -1, -3, 3, 1, 0.4], [0, 0, 0, 0.5, 2, 2.5]])
        {
            Extremes = [[0, 0, -1e6, 1e6, 1, 1e-3], [-500, 500, 0, 3, 1, 1], [0, 0, 1, 1, 1, 1]], Far = Line,
            Outside = Infinities,
        },
        new("MixtureOfGammas", p => new Mixture<Gamma>(Pair(p, 0), new Gamma(Pair(p, 1), Pair(p, 2))),
            [[0, 0.5, 2, 9, 1, 2], [1, -1, 3, 20, 1, 4], [0, 0, 5, 5, 2, 3]])
        {
            Extremes = [[0, 0, 1e-2, 1e4, 1, 1]], Far = HalfLine, Outside = Negatives,
        },
        new("MixtureOfPoissons", p => new Mixture<Poisson>(Pair(p, 0), new Poisson(Pair(p, 1))), [[0, 0.5, 2, 9], [1, -1, 3, 20], [0, 0, 5, 6]])
        {
            Extremes = [[0, 0, 1e-10, 1e4]], Far = [0, 1, 1000], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("PredictiveMixtureOfStudentTs",
            p => new PredictiveMixture<StudentT>([new StudentT(p[0], p[1], p[2]), new StudentT(p[0] + 3, p[1] + 2, 2 * p[2])]),
            [[6, 0, 1], [9, -3, 0.4], [30, 20, 7]])
        {
            Extremes = [[0.1, 0, 1], [3, 0, 1e-10]], Far = Line, Outside = Infinities,
        },
        new("PredictiveMixtureOfUniforms",
            p => new PredictiveMixture<Uniform>([new Uniform(p[0], p[0] + p[1]), new Uniform(p[0] + (0.5 * p[1]), p[0] + (3 * p[1]))]),
            [[0, 1], [-3, 0.4], [5, 7]])
        {
            Extremes = [[0, 1e-20], [-1e6, 1e6]], Outside = [-1e9, 1e9, double.PositiveInfinity], Smooth = [0.1, 0.35, 0.93], MovingSupport = true,
        },
        new("PredictiveMixtureOfMixtures",
            p => new PredictiveMixture<Mixture<Normal>>(
                [new(Pair(p, 0), new Normal(Pair(p, 1), Pair(p, 2))), new(Pair(p, 0), new Normal(Pair(p, 1) + 1, 2 * Pair(p, 2)))], Tensor.From(0.3, -0.2)),
            [[0, 0.5, -1, 2, 0.5, 1], [1, -1, -3, 3, 1, 0.4]])
        {
            Extremes = [[0, 0, -1e6, 1e6, 1, 1e-3]], Far = Line, Outside = Infinities,
        },
        new("TransformedAffine", p => new TransformedDistribution(new Logistic(p[0], p[1]), new AffineTransform(p[2], -2 * p[1])),
            [[0, 1, 3], [-3, 0.4, 1], [20, 7, 0]])
        {
            Extremes = [[0, 1e-10, 0], [0, 1e10, 0]], Far = Line, Outside = Infinities,
        },
        new("TransformedExp",
            p => new TransformedDistribution(new Laplace(p[0], p[1]), new ExpTransform().Then(new AffineTransform(Tensor.ZerosLike(p[0]), p[2]))),
            [[0, 0.1, 3], [-3, 0.2, 1], [2, 0.15, 2]])
        {
            Extremes = [[0, 1e-6, 1], [0, 0.4, 1e-10]], Far = [1e-300, 1e-30, 1e-3, 1e6], Outside = [-1, double.PositiveInfinity],
        },
        .. ShapeFamilies.All,
        .. WrapperFamilies.All,
        .. PointFamilies.All,
        .. LayerFamilies.All,
    ];

    /// <summary>The concrete types of Distribution that the battery reaches.</summary>
    public static IEnumerable<Type> Types => All.Select(family => family.Batch().GetType())
        .Append(typeof(Independent<Normal>))
        .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    public static TheoryData<string> Names => [.. All.Select(family => family.Name)];

    public static TheoryData<string> Continuous => [.. All.Where(family => family.Batch().Measure == Measure.Lebesgue).Select(family => family.Name)];

    public static TheoryData<string> Discrete => [.. All.Where(family => family.Batch().Measure == Measure.Counting).Select(family => family.Name)];

    /// <summary>Delta, whose draws are its parameter, has no spread to test with.</summary>
    public static TheoryData<string> Reparameterized => [.. WithPaths];

    /// <inheritdoc cref="Reparameterized"/>
    public static IEnumerable<string> WithPaths =>
        All.Where(family => family.Batch() is not Delta && family.Batch().AsReparameterized() is not null).Select(family => family.Name);

    public static Family Get(string name) => All.Single(family => family.Name == name);

    // Two parameters side by side, as the components of a mixture.
    private static Tensor Pair(Tensor[] p, int index) => Tensor.Stack([p[2 * index], p[(2 * index) + 1]], -1);
}
