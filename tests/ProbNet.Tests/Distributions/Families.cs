using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The table of all one-dimensional families. Every one goes through the whole battery.</summary>
public static class Families
{
    private static readonly double[] Line = [-1e30, -1e6, -50, 50, 1e6, 1e30];
    private static readonly double[] HalfLine = [1e-300, 1e-30, 1e-3, 50, 1e6];

    public static IReadOnlyList<Family> All { get; } =
    [
        new("Normal", p => new Normal(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("LogNormal", p => new LogNormal(p[0], p[1]), [[0, 0.5], [1, 0.3], [-2, 0.8]])
        {
            Extremes = [[0, 1e-8], [-50, 1], [3, 20]], Far = HalfLine, Outside = [-1, -1e-300, 0, double.PositiveInfinity],
        },
        new("StudentT", p => new StudentT(p[0], p[1], p[2]), [[5, 0, 1], [9, -3, 0.4], [30, 20, 7]])
        {
            Extremes = [[0.05, 0, 1], [1e8, 0, 1], [1, 0, 1e-20], [2.1, 1e10, 1]], Far = [.. Line, -1e200, 1e200],
            Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("Laplace", p => new Laplace(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("Logistic", p => new Logistic(p[0], p[1]), [[0, 1], [-3, 0.4], [20, 7]])
        {
            Extremes = [[0, 1e-30], [1e20, 1], [0, 1e30]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("Uniform", p => new Uniform(p[0], p[1]), [[0, 1], [-3, -2.5], [-4, 20]])
        {
            Extremes = [[0, 1e-30], [-1e30, 1e30], [1e-12, 2e-12]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("Exponential", p => new Exponential(p[0]), [[1], [0.2], [5]])
        {
            Extremes = [[1e-20], [1e20]], Far = HalfLine, Outside = [-1, -1e-300, double.PositiveInfinity],
        },
        new("Gamma", p => new Gamma(p[0], p[1]), [[2, 1], [0.7, 3], [40, 0.5]])
        {
            Extremes = [[1e-3, 1], [1e7, 1], [2, 1e-20], [2, 1e20]], Far = HalfLine, Outside = [-1, -1e-300, double.PositiveInfinity],
        },
        new("Beta", p => new Beta(p[0], p[1]), [[2, 3], [0.7, 1.6], [40, 15]])
        {
            Extremes = [[1e-3, 1], [1, 1e-3], [1e5, 1e5], [0.02, 0.02]], Far = [1e-300, 1e-10, 0.999999999],
            Outside = [-1, -1e-300, 1.0000001, double.PositiveInfinity],
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
        new("MixtureOfNormals", p => new Mixture<Normal>(Pair(p, 0), new Normal(Pair(p, 1), Pair(p, 2))),
            [[0, 0.5, -1, 2, 0.5, 1], [1, -1, -3, 3, 1, 0.4], [0, 0, 0, 0.5, 2, 2.5]])
        {
            Extremes = [[0, 0, -1e6, 1e6, 1, 1e-3], [-500, 500, 0, 3, 1, 1], [0, 0, 1, 1, 1, 1]], Far = Line,
            Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("MixtureOfGammas", p => new Mixture<Gamma>(Pair(p, 0), new Gamma(Pair(p, 1), Pair(p, 2))),
            [[0, 0.5, 2, 9, 1, 2], [1, -1, 3, 20, 1, 4], [0, 0, 5, 5, 2, 3]])
        {
            Extremes = [[0, 0, 1e-2, 1e4, 1, 1]], Far = HalfLine, Outside = [-1, -1e-300, double.PositiveInfinity],
        },
        new("MixtureOfPoissons", p => new Mixture<Poisson>(Pair(p, 0), new Poisson(Pair(p, 1))), [[0, 0.5, 2, 9], [1, -1, 3, 20], [0, 0, 5, 6]])
        {
            Extremes = [[0, 0, 1e-10, 1e4]], Far = [0, 1, 1000], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("PredictiveMixtureOfStudentTs",
            p => new PredictiveMixture<StudentT>([new StudentT(p[0], p[1], p[2]), new StudentT(p[0] + 3, p[1] + 2, 2 * p[2])]),
            [[6, 0, 1], [9, -3, 0.4], [30, 20, 7]])
        {
            Extremes = [[0.1, 0, 1], [3, 0, 1e-10]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
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
            Extremes = [[0, 0, -1e6, 1e6, 1, 1e-3]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("TransformedAffine", p => new TransformedDistribution(new Logistic(p[0], p[1]), new AffineTransform(p[2], -2 * p[1])),
            [[0, 1, 3], [-3, 0.4, 1], [20, 7, 0]])
        {
            Extremes = [[0, 1e-10, 0], [0, 1e10, 0]], Far = Line, Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
        new("TransformedExp",
            p => new TransformedDistribution(new Laplace(p[0], p[1]), new ExpTransform().Then(new AffineTransform(Tensor.ZerosLike(p[0]), p[2]))),
            [[0, 0.1, 3], [-3, 0.2, 1], [2, 0.15, 2]])
        {
            Extremes = [[0, 1e-6, 1], [0, 0.4, 1e-10]], Far = [1e-300, 1e-30, 1e-3, 1e6], Outside = [-1, double.PositiveInfinity],
        },
        .. WrapperFamilies.All,
    ];

    /// <summary>The concrete types of Distribution that the battery reaches.</summary>
    public static IEnumerable<Type> Types => All.Select(family => family.Batch().GetType())
        .Append(typeof(Independent<Normal>))
        .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    public static TheoryData<string> Names => [.. All.Select(family => family.Name)];

    public static TheoryData<string> Continuous => [.. All.Where(family => family.Batch().Measure == Measure.Lebesgue).Select(family => family.Name)];

    public static TheoryData<string> Discrete => [.. All.Where(family => family.Batch().Measure == Measure.Counting).Select(family => family.Name)];

    public static TheoryData<string> Reparameterized => [.. All.Where(family => family.Batch().AsReparameterized() is not null).Select(family => family.Name)];

    public static Family Get(string name) => All.Single(family => family.Name == name);

    // Two parameters side by side, as the components of a mixture.
    private static Tensor Pair(Tensor[] p, int index) => Tensor.Stack([p[2 * index], p[(2 * index) + 1]], -1);
}
