using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The table of all families of vectors and matrices. Every one goes through the whole battery.</summary>
public static class MultivariateCases
{
    public static IReadOnlyList<MultivariateCase> All { get; } =
    [
        new("Dirichlet", p => new Dirichlet(p[0]), [Pair([3], 0.7, 2, 3, 4, 1.5, 1.2)])
        {
            Outside = Rows(3, 0.5, 0.6, 0.5, -0.1, 0.6, 0.5, 0.2, 0.2, 0.2),
        },
        new("MultivariateNormal", p => new MultivariateNormal(p[0], p[1]), [Pair([2], 0.3, -1, 5, 2), Pair([2, 2], 1.2, 0, -0.7, 0.4, 0.3, 0, 2, 3)])
        {
            Outside = Rows(2, double.PositiveInfinity, 0),
        },
        new("LowRankMultivariateNormal", p => new LowRankMultivariateNormal(p[0], p[1], p[2]),
            [Pair([3], 0.3, -1, 2, 5, 2, 0), Pair([3, 1], 0.5, -1, 0.3, 2, 0.1, 1), Pair([3], 0.4, 0.2, 1, 0.3, 2, 0.7)])
        {
            Outside = Rows(3, double.NegativeInfinity, 0, 0),
        },
        new("MultivariateStudentT", p => new MultivariateStudentT(p[0], p[1], p[2]),
            [Pair([], 7, 12), Pair([2], 0.3, -1, 5, 2), Pair([2, 2], 1.2, 0, -0.7, 0.4, 0.3, 0, 2, 3)]) { Outside = Rows(2, double.PositiveInfinity, 0) },
        new("MatrixNormal", p => new MatrixNormal(p[0], p[1], p[2]),
            [Pair([2, 2], 1, 0, 0.5, 2, 3, 4, 5, 6), Pair([2, 2], 0.7, 0, 0.4, 1.1, 1, 0, -2, 0.6), Pair([2, 2], 1.5, 0, -0.3, 0.8, 0.9, 0, 0.2, 1)])
        {
            Outside = Tensor.From(double.NaN, 0, double.PositiveInfinity, 0).Reshape(2, 2)[1].Unsqueeze(0).BroadcastTo([2, 2]),
        },
        new("LogisticNormal", p => new LogisticNormal(p[0], p[1]), [Pair([2], 0.3, -1, 1, 0.5), Pair([2], 0.5, 0.8, 1.2, 0.3)]) { Outside = Rows(3, 0.5, 0.6, 0.5) },
        new("TransformedVector", p => new TransformedVector(
                MultivariateNormal.Diagonal(p[0], p[1]), new CouplingTransform(1, x => AffineTransform.FromLogScale(x.Sin(), 0.3 * x)).Then(new TanhTransform())),
            [Pair([2], 0.1, -0.2, 0.5, 0.3), Pair([2], 0.3, 0.4, 0.2, 0.5)]) { Outside = Rows(2, 1.5, 0) },
        new("Multinomial", p => Multinomial.FromProbs(p[0], p[1]), [Pair([], 4, 3), Pair([3], 0.2, 0.5, 0.3, 1, 2, 5)])
        {
            Fixed = [0], Outcomes = Counts(5), Outside = Rows(3, 1.5, 1, 1.5, 4, 4, 4, -1, 3, 2),
        },
        new("MultinomialFromLogits", p => Multinomial.FromLogits(p[0], p[1]), [Pair([], 4, 3), Pair([3], 0.2, 0.5, 0.3, 1, 2, -1)])
        {
            Fixed = [0], Outcomes = Counts(5), Outside = Rows(3, 1.5, 1, 1.5),
        },
        new("DirichletMultinomial", p => new DirichletMultinomial(p[0], p[1]), [Pair([], 4, 3), Pair([3], 1.2, 5, 3, 1, 2, 5)])
        {
            Fixed = [0], Outcomes = Counts(5), Outside = Rows(3, 1.5, 1, 1.5, 4, 4, 4),
        },
        new("OneHotCategorical", p => OneHotCategorical.FromLogits(p[0]), [Pair([3], 0.2, 0.5, 0.3, 1, 2, -1)])
        {
            Outcomes = Tensor.Eye(3, DType.Float64).Unsqueeze(1), Outside = Rows(3, 1, 1, 0, 0.5, 0.5, 0, 0, 0, 0),
        },
        new("RelaxedOneHotCategorical", p => new RelaxedOneHotCategorical(p[0], p[1]), [Pair([], 0.9, 1.5), Pair([3], 0.2, 0.5, 0.3, 1, 2, -1)])
        {
            Outside = Rows(3, 0.5, 0.6, 0.5),
        },
        new("ExpRelaxedCategorical", p => new ExpRelaxedCategorical(p[0], p[1]), [Pair([], 0.9, 1.5), Pair([3], 0.2, 0.5, 0.3, 1, 2, -1)]) { Outside = Rows(3, -1, -1, -1) },
        new("LkjCholesky", p => new LkjCholesky(3, p[0]), [Pair([], 1.5, 4)]) { Outside = 2 * Tensor.Eye(3, DType.Float64) },
        new("Wishart", p => new Wishart(p[0], p[1]), [Pair([], 5.5, 8), Pair([2, 2], 1.2, 0, -0.7, 0.4, 0.3, 0, 1, 2)])
        {
            Outside = Tensor.From(1.0, 2, 2, 1, 1, 0.5, 0.1, 1).Reshape(2, 2, 2),
        },
        new("InverseWishart", p => new InverseWishart(p[0], p[1]), [Pair([], 9.5, 12), Pair([2, 2], 1.2, 0, -0.7, 0.4, 0.3, 0, 1, 2)])
        {
            Outside = Tensor.From(1.0, 2, 2, 1, 1, 0.5, 0.1, 1).Reshape(2, 2, 2),
        },
        new("VonMisesFisher", p => new VonMisesFisher(p[0], p[1]), [Pair([3], 0.6, 0, 0.8, 0, -1, 0), Pair([], 0.7, 12)]) { Fixed = [0], Outside = Rows(3, 0.5, 0.6, 0.9) },
        new("VonMisesFisherInFiveDimensions", p => new VonMisesFisher(p[0], p[1]), [Pair([5], 0.6, 0, 0.8, 0, 0, 1, 0, 0, 0, 0), Pair([], 2.5, 60)])
        {
            Fixed = [0], Outside = Rows(5, 0.5, 0.6, 0.9, 0, 0),
        },
        new("StationaryAR1", p => new StationaryAR1(p[0], p[1], 3), [Pair([], 0.8, -0.5), Pair([], 0.5, 2)]) { Outside = Rows(3, 0, double.PositiveInfinity, 0) },
        new("GaussianRandomWalk", p => new GaussianRandomWalk(p[0], p[1], 3), [Pair([], 0.8, -0.5), Pair([], 0.5, 2)]) { Outside = Rows(3, 0, double.PositiveInfinity, 0) },
        new("MixtureOfMultivariateNormals", p => new VectorMixture<MultivariateNormal>(p[0], new MultivariateNormal(p[1], p[2])),
            [Pair([2], 0, 0.7, 1, -1), Pair([2, 2], 0.3, -1, 1, 1, 2, 0, -1, 1), Pair([2, 2, 2], 1.2, 0, -0.7, 0.4, 0.8, 0, 0.5, 0.9, 1, 0, 0, 1, 1.5, 0, 1, 0.7)])
        {
            Outside = Rows(2, double.PositiveInfinity, 0),
        },
        new("MixtureOfDiagonalNormals", p => new VectorMixture<Independent<Normal>>(p[0], MultivariateNormal.Diagonal(p[1], p[2])),
            [Pair([2], 0, 0.7, 1, -1), Pair([2, 2], 0.3, -1, 1, 1, 2, 0, -1, 1), Pair([2, 2], 1.2, 0.5, 0.7, 0.4, 0.8, 1.2, 0.5, 0.9)])
        {
            Outside = Rows(2, double.PositiveInfinity, 0),
        },
        new("MixtureOfDirichlets", p => new VectorMixture<Dirichlet>(p[0], new Dirichlet(p[1])),
            [Pair([2], 0, 0.7, 1, -1), Pair([2, 3], 1.3, 2, 1, 1, 5, 2, 3, 3, 1, 4, 4, 4)]) { Outside = Rows(3, 0.5, 0.6, 0.5) },
        new("MaskedNormals", p => new Masked<MultivariateNormal>(new MultivariateNormal(p[0], p[1]), Tensor.From(true)),
            [Pair([2], 0.3, -1, 5, 2), Pair([2, 2], 1.2, 0, -0.7, 0.4, 0.3, 0, 2, 3)]) { Outside = Rows(2, double.PositiveInfinity, 0) },
        new("IndependentGammas", p => new Independent<Gamma>(new Gamma(p[0], p[1]), 1), [Pair([2], 1.3, 2, 5, 3), Pair([2], 1, 0.5, 2, 3)]) { Outside = Rows(2, -1, 2) },
    ];

    /// <summary>The concrete types of Distribution that the battery reaches.</summary>
    public static IEnumerable<Type> Types => All.Select(c => c.Batch().GetType()).Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static TheoryData<string> Continuous => [.. All.Where(c => c.Outcomes is null).Select(c => c.Name)];

    public static TheoryData<string> Discrete => [.. All.Where(c => c.Outcomes is not null).Select(c => c.Name)];

    public static TheoryData<string> Reparameterized => [.. All.Where(c => c.Batch().AsReparameterized() is not null).Select(c => c.Name)];

    public static MultivariateCase Get(string name) => All.Single(c => c.Name == name);

    private static Tensor Pair(Shape one, params double[] values) => Tensor.From(values, Shape.Create([2]).Concat(one));

    private static Tensor Rows(int length, params double[] values) => Tensor.From(values, [values.Length / length, length]).Unsqueeze(1);

    // All vectors of three counts below a limit.
    private static Tensor Counts(int limit) => Tensor.From<double>(
        [.. from i in Enumerable.Range(0, limit) from j in Enumerable.Range(0, limit) from k in Enumerable.Range(0, limit) from x in new double[] { i, j, k } select x],
        [limit * limit * limit, 3]).Unsqueeze(1);
}
