using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class DivergenceTests
{
    private static readonly Normal Standard = new(Tensor.Scalar(0, DType.Float64), 1);

    [Fact]
    public void Kl_OfEveryPairOfTheTable_IsANumberAndNeverThrows()
    {
        foreach (Family p in Families.All)
        {
            foreach (Family q in Families.All)
            {
                Univariate one = Single(p), other = Single(q);
                if (one is Categorical && other is Categorical && p != q)
                {
                    continue;
                }

                Estimate kl = one.Kl(other);
                double value = kl.Value.ToScalar();
                Assert.True(value >= -1e-6, $"{p.Name} from {q.Name}: {kl}");
                Assert.True(p.Name != q.Name || Math.Abs(value) < 1e-9, $"{p.Name} from itself: {kl}");
            }
        }
    }

    // A transformed distribution has no closed forms, so that the same divergence goes through quadrature.
    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(-3, 0.7)]
    public void Kl_ByQuadrature_IsTheClosedForm(double loc, double scale)
    {
        var q = new Normal(Tensor.Scalar(loc, DType.Float64), scale);
        var hidden = new TransformedDistribution(Standard, new AffineTransform(Tensor.Scalar(0, DType.Float64), 1));
        Estimate exact = Standard.Kl(q), numeric = hidden.Kl(q);
        Assert.Equal(Evidence.Exact, exact.Kind);
        Assert.Equal(Evidence.Numeric, numeric.Kind);
        Assert.Equal(exact.Value.ToScalar(), numeric.Value.ToScalar(), 1e-9);
    }

    [Fact]
    public void Kl_WhereQMissesAPartOfP_IsInfinite()
    {
        Univariate[] narrow =
        [
            new Uniform(Tensor.Scalar(-50, DType.Float64), 50), new Gamma(Tensor.Scalar(2, DType.Float64), 1),
            new Beta(Tensor.Scalar(2, DType.Float64), 3), new Exponential(Tensor.Scalar(1, DType.Float64)), new Poisson(Tensor.Scalar(3, DType.Float64)),
        ];
        Assert.All(narrow, q => Assert.Equal(double.PositiveInfinity, Standard.Kl(q).Value.ToScalar()));
    }

    // E[x²] of StudentT with one degree of freedom is infinite, so that no Normal is at a finite distance.
    [Fact]
    public void Kl_WhoseIntegralDiverges_IsInfinite()
    {
        var hidden = new Mixture<StudentT>(
            Tensor.From(0.0, 0.0), new StudentT(Tensor.From(1.0, 1.0), Tensor.From(0.0, 1.0), Tensor.From(1.0, 1.0)));
        Assert.Equal(double.PositiveInfinity, hidden.Kl(Standard).Value.ToScalar());
    }

    [Fact]
    public void Kl_OfVectorsWithoutAFormula_IsMonteCarloWithItsStandardError()
    {
        var p = new Independent<Normal>(new Normal(Tensor.From(0.0, 1.0), 1), 1);
        var q = new Independent<Laplace>(new Laplace(Tensor.From(0.0, 0.0), 2), 1);
        Assert.Equal(Evidence.Exact, p.Kl(new Independent<Normal>(new Normal(Tensor.From(0.5, 0.0), 2), 1)).Kind);
        Estimate sum = p.Kl(q), single = p.Coordinates.Kl(q.Coordinates);
        Assert.Equal(single.Value.Sum().ToScalar(), sum.Value.ToScalar(), 1e-12);

        var opaque = new Opaque(p);
        Estimate sampled = opaque.Kl(q);
        Assert.Equal(Evidence.Unbiased, sampled.Kind);
        Assert.InRange(Math.Abs(sampled.Value.ToScalar() - sum.Value.ToScalar()), 0, 4.9 * sampled.StandardError.ToScalar());
        Assert.InRange(sampled.StandardError.ToScalar(), 1e-4, 0.1);
    }

    [Fact]
    public void Kl_InBatches_Broadcasts()
    {
        var p = new Normal(Tensor.Zeros([3, 1], DType.Float64), 1);
        var q = new Normal(Tensor.Zeros([4], DType.Float64), 2);
        Assert.Equal<Shape>([3, 4], p.Kl(q).Value.Shape);
        Assert.Equal<Shape>([3, 4], new TransformedDistribution(p, new AffineTransform(Tensor.Scalar(0, DType.Float64), 1)).Kl(q).Value.Shape);
    }

    [Fact]
    public void Kl_OfUnlikeEventsOrTypes_IsRefused()
    {
        Assert.Throws<ShapeException>(() => new Independent<Normal>(new Normal(Tensor.From(0.0, 1.0), 1), 1).Kl(Standard));
        Assert.Throws<DTypeException>(() => Standard.Kl(new Normal(0, 1)));
    }

    private static Univariate Single(Family family) => family.Create(Array.ConvertAll(family.Points[0], value => Tensor.Scalar(value, DType.Float64)));

    // A distribution of which nothing is known but density and draws.
    private sealed class Opaque(Independent<Normal> inner) : Distribution
    {
        public override Support Support => inner.Support;

        public override Shape BatchShape => inner.BatchShape;

        public override Shape EventShape => inner.EventShape;

        public override IReadOnlyList<(string Name, Tensor Value)> Parameters => inner.Parameters;

        public override Tensor Mode => inner.Mode;

        public override Tensor LogDensity(Tensor value) => inner.LogDensity(value);

        protected override Tensor Draw(RandomKey key, Shape shape) => inner.Sample(key, shape);
    }
}
