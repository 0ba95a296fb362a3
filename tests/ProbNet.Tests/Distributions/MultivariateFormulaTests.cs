using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Families of vectors and matrices at parameters where formulas lose digits, against 40-digit values; identities between them; errors.</summary>
public class MultivariateFormulaTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(29);

    // mpmath 1.2, 40 digits: log(gamma(v + 1)·(k/2)^−v·besseli(v, k)) − k, from which the normaliser of von Mises–Fisher in 2v + 2 dimensions follows.
    [Theory]
    [InlineData(3, 1e-9, -9.9999999983333339561e-10)]
    [InlineData(3, 0.3, -0.28504474458032886752)]
    [InlineData(3, 59, -4.77068462446566476)]
    [InlineData(3, 61, -4.8040210447332565582)]
    [InlineData(3, 1e6, -14.508657738524219414)]
    [InlineData(2, 10, -2.0570279168813044455)]
    [InlineData(5, 1e3, -13.411045950189693256)]
    [InlineData(22, 1e-3, -0.00099997727272729427013)]
    [InlineData(22, 150, -31.82821536630556754)]
    [InlineData(22, 250, -37.058267555265264976)]
    [InlineData(100, 300, -108.72524401704971148)]
    [InlineData(100, 5000, -244.23014280453102604)]
    public void VonMisesFisher_AtItsMode_HasTheReferenceDensity(int dimensions, double concentration, double reference)
    {
        Tensor mu = Tensor.Scalar(1, DType.Int64).OneHot(dimensions, DType.Float64);
        var d = new VonMisesFisher(mu, concentration);
        double half = 0.5 * dimensions, logArea = Math.Log(2) + (half * Math.Log(Math.PI)) - MathNet.Numerics.SpecialFunctions.GammaLn(half);
        Assert.Equal(-reference - logArea, d.LogProb(mu).ToScalar(), 1e-10);

        // d/dκ of the log density at μ is 1 − A(κ).
        Tensor slope = Gradient.Of(k => new VonMisesFisher(mu, k).LogProb(mu), Tensor.Scalar(concentration, DType.Float64));
        Assert.Equal(1 - d.Mean().Value[1].ToScalar(), slope.ToScalar(), 1e-12);
    }

    [Fact]
    public void VonMisesFisher_Everywhere_IsUniformAtZeroConcentration()
    {
        var d = new VonMisesFisher(Tensor.From(0.0, 0, 1), Tensor.Scalar(0, DType.Float64));
        Assert.Equal(-Math.Log(4 * Math.PI), d.LogProb(Tensor.From(1.0, 0, 0)).ToScalar(), 1e-14);
        BatteryTests.AssertClose(Tensor.From(1, 1, 1.0) / 3, d.Variance(), 1e-14, 0);
        Assert.False((bool)d.Sample(Key, 100).IsNaN().Any());
    }

    [Fact]
    public void MultivariateNormal_FromFactorCovarianceAndPrecision_IsTheSame()
    {
        Tensor loc = Tensor.From(0.3, -1, 2), factor = Tensor.From(1.2, 0, 0, -0.7, 0.4, 0, 0.2, 1, 2).Reshape(3, 3);
        var one = new MultivariateNormal(loc, factor);
        Tensor x = one.Sample(Key, 5);
        BatteryTests.AssertClose(one.LogProb(x), MultivariateNormal.FromCovariance(loc, one.Covariance).LogProb(x), 1e-11, 1e-11);
        BatteryTests.AssertClose(one.LogProb(x), MultivariateNormal.FromPrecision(loc, one.Covariance.Inverse()).LogProb(x), 1e-10, 1e-10);
        BatteryTests.AssertClose(
            MultivariateNormal.Diagonal(loc, factor.Diagonal()).LogProb(x), new MultivariateNormal(loc, factor.Diagonal().DiagEmbed()).LogProb(x), 1e-12, 1e-12);

        // p(a, b) = p(a)·p(b | a).
        Tensor known = Tensor.Concat([x[TensorIndex.Ellipsis, 2..], x[TensorIndex.Ellipsis, ..1]], -1);
        Tensor parts = one.Marginal(2, 0).LogProb(known) + one.Given([2, 0], known).LogProb(x[TensorIndex.Ellipsis, 1..2]);
        BatteryTests.AssertClose(one.LogProb(x), parts, 1e-12, 1e-12);
    }

    [Fact]
    public void LowRankMultivariateNormal_WithALargeFactor_DoesNotCancel()
    {
        // W·Wᵀ is 1e12 times the rest: by Woodbury's formula the quadratic form would lose 12 digits. Along (1, −1)/√2 the variance is d alone.
        var d = new LowRankMultivariateNormal(Tensor.From(0.0, 0), Tensor.From(1e6, 1e6).Reshape(2, 1), Tensor.From(1.0, 1));
        double expected = -1 - (0.5 * Math.Log((2e12 + 1) * 1)) - Math.Log(2 * Math.PI);
        Assert.Equal(expected, d.LogProb(Tensor.From(1.0, -1)).ToScalar(), 1e-12);
    }

    [Fact]
    public void MultivariateStudentT_WithManyDegreesOfFreedom_IsTheNormal()
    {
        Tensor loc = Tensor.From(0.3, -1), factor = Tensor.From(1.2, 0, -0.7, 0.4).Reshape(2, 2), x = Tensor.From(1.0, 2);
        double normal = new MultivariateNormal(loc, factor).LogProb(x).ToScalar();
        Assert.Equal(normal, new MultivariateStudentT(1e14, loc, factor).LogProb(x).ToScalar(), 1e-10 * Math.Abs(normal));

        // One dimension is the Univariate family; far out nothing overflows, in Float32 either.
        var one = new MultivariateStudentT(Tensor.Scalar(3f), Tensor.From(0f), Tensor.From(2f).Reshape(1, 1));
        var same = new StudentT(3f, 0f, 2f);
        foreach (float z in new[] { 0f, 1e-6f, 2f, 1e10f, 1e16f, 1e30f })
        {
            double log = same.LogProb(z).ToScalar();
            Assert.Equal(log, one.LogProb(Tensor.From(z)).ToScalar(), 3e-6 * (1 + Math.Abs(log)));
        }
    }

    [Fact]
    public void Dirichlet_OfTwoCoordinates_IsBetaAtAnyScale()
    {
        foreach (double scale in new[] { 1e-3, 1, 1e4, 1e8 })
        {
            var beta = new Beta(Tensor.Scalar(2 * scale, DType.Float64), 3 * scale);
            double x = scale > 100 ? 0.4 + (0.3 / Math.Sqrt(scale)) : 0.37, log = beta.LogProb(x).ToScalar();

            // The rounding of 1 − x alone, 2⁻⁵³, moves the log density by the sum of the concentrations times as much.
            double tolerance = (1e-9 * (1 + Math.Abs(log))) + (10 * scale * Math.Pow(2, -53));
            Assert.Equal(log, new Dirichlet(Tensor.From(2 * scale, 3 * scale)).LogProb(Tensor.From(x, 1 - x)).ToScalar(), tolerance);
        }
    }

    [Fact]
    public void Dirichlet_OfSmallConcentrations_DrawsWithoutNaN()
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            var d = new Dirichlet(Tensor.Full([4], 1e-3, dtype));
            (Tensor x, Tensor gradient) = Gradient.ValueAndGradient(a => new Dirichlet(a).RSample(Key, [1000]).Square().Sum(), d.Concentration);
            Assert.False((bool)x.IsNaN().Any());
            Assert.False((bool)gradient.IsNaN().Any());
            Tensor draws = d.Sample(Key, 1000);
            BatteryTests.AssertClose(Tensor.Ones([1000], dtype), draws.Sum(-1), 1e-5, 0);
            Assert.True((bool)d.LogSample(Key, [1000]).IsFinite().All());
        }
    }

    [Fact]
    public void Wishart_AndItsInverse_AreRelatedByTheJacobian()
    {
        // The density of the inverse is that of the matrix times |X|^(n + 1).
        Tensor factor = Tensor.From(1.2, 0, -0.7, 0.4).Reshape(2, 2);
        var wishart = new Wishart(6.5, factor);
        var inverse = new InverseWishart(6.5, factor.MatMul(factor.Transpose()).Inverse().Cholesky());
        Tensor x = wishart.Sample(Key, 4);
        BatteryTests.AssertClose(wishart.LogProb(x) + (3 * x.LogDetSpd()), inverse.LogProb(x.Inverse()), 1e-9, 1e-9);

        // One dimension: Gamma and inverse Gamma.
        Tensor y = Tensor.From(0.3, 2, 9).Reshape(3, 1, 1);
        BatteryTests.AssertClose(
            new Gamma(Tensor.Scalar(3.25, DType.Float64), 1 / (2 * 1.44)).LogProb(Tensor.From(0.3, 2, 9)),
            new Wishart(6.5, Tensor.From(1.2).Reshape(1, 1)).LogProb(y), 1e-13, 1e-13);
    }

    [Fact]
    public void LkjCholesky_OfTwoRows_HasABetaDistributedCorrelation()
    {
        // (r + 1)/2 is Beta(η, η); the entry below the diagonal is r.
        double eta = 2.5, r = 0.3;
        var lkj = new LkjCholesky(2, Tensor.Scalar(eta, DType.Float64));
        var beta = new Beta(Tensor.Scalar(eta, DType.Float64), eta);
        Tensor factor = Tensor.From(1, 0, r, Math.Sqrt(1 - (r * r))).Reshape(2, 2);
        Assert.Equal(beta.LogProb(0.5 * (r + 1)).ToScalar() - Math.Log(2), lkj.LogProb(factor).ToScalar(), 1e-13);
        Assert.False((bool)new LkjCholesky(4, Tensor.Scalar(1e6, DType.Float64)).Sample(Key, 10).IsNaN().Any());
    }

    [Fact]
    public void GaussianProcess_PosteriorAtObservedPoints_ReturnsTheObservations()
    {
        Tensor t = Tensor.From(0.0, 0.5, 1.3), y = Tensor.From(0.4, -0.2, 1.0), one = Tensor.Scalar(1, DType.Float64);
        Tensor kernel = GaussianProcess.RadialBasis(t, t, one, one);
        MultivariateNormal posterior = GaussianProcess.Posterior(kernel, kernel, kernel, Tensor.Scalar(1e-4, DType.Float64), y);
        BatteryTests.AssertClose(y, posterior.Mean(), 1e-5, 0);
        Assert.True((bool)(posterior.Variance().Value < 1e-6).All());
    }

    [Fact]
    public void StraightThroughSample_OfClasses_IsOneHotWithAGradient()
    {
        Tensor logits = Tensor.From(0.3, -1, 2), weights = Tensor.From(1.0, 2, 4);
        Tensor hard = OneHotCategorical.FromLogits(logits).StraightThroughSample(Key, [5]);
        Assert.True((bool)Support.OneHot.Contains(hard.Round()).All());
        Assert.NotEqual(0, Gradient.Of(l => (weights * OneHotCategorical.FromLogits(l).StraightThroughSample(Key)).Sum(), logits).Abs().Sum().ToScalar());
        Assert.NotEqual(0, Gradient.Of(l => (weights * new RelaxedOneHotCategorical(0.5, l).StraightThroughSample(Key)).Sum(), logits).Abs().Sum().ToScalar());
        Assert.NotEqual(0, Gradient.Of(l => new RelaxedBernoulli(0.5, l).StraightThroughSample(Key).Sum(), logits).Abs().Sum().ToScalar());
    }

    [Fact]
    public void TransformedVector_SampleAndLogProb_AgreesWithLogProb()
    {
        var flow = new TransformedVector(
            MultivariateNormal.Diagonal(Tensor.Zeros([3], DType.Float64), 1.0),
            new AutoregressiveTransform(x => AffineTransform.FromLogScale(x.CumSum(-1) - x, (0.1 * (x.CumSum(-1) - x)).Tanh())).Inverted());
        (Tensor value, Tensor logProb) = flow.SampleAndLogProb(Key, [7]);
        BatteryTests.AssertClose(flow.LogProb(value), logProb, 1e-11, 1e-11);
    }

    [Fact]
    public void Errors_OfParameters_NameTheRule()
    {
        Tensor eye = Tensor.Eye(2, DType.Float64), zeros = Tensor.Zeros([2], DType.Float64);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dirichlet(Tensor.From(1.0, 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultivariateNormal(zeros, -eye));
        Assert.Throws<ShapeException>(() => new MultivariateNormal(Tensor.Zeros([3], DType.Float64), eye));
        Assert.Throws<DTypeException>(() => new MultivariateNormal(Tensor.Zeros([2]), eye));
        Assert.Throws<LinearAlgebraException>(() => MultivariateNormal.FromCovariance(zeros, -eye));
        Assert.Throws<ArgumentException>(() => new MultivariateNormal(zeros, eye).Given([0, 0], zeros));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LowRankMultivariateNormal(zeros, Tensor.Zeros([2, 1], DType.Float64), zeros));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultivariateStudentT(0.0, zeros, eye));
        Assert.Throws<ShapeException>(() => new MatrixNormal(zeros, eye, eye));
        Assert.Throws<ArgumentOutOfRangeException>(() => Multinomial.FromProbs(1.5, Tensor.From(0.5, 0.5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExpRelaxedCategorical(0.0, zeros));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LkjCholesky(1, 1.0));
        Assert.Contains("n − 1 = 1", Assert.Throws<ArgumentOutOfRangeException>(() => new Wishart(1.0, eye)).Message, StringComparison.Ordinal);
        Assert.Contains("length 1", Assert.Throws<ArgumentOutOfRangeException>(() => new VonMisesFisher(Tensor.From(1.0, 1), 2.0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new StationaryAR1(1.0, 1.0, 3));
        Assert.Throws<ShapeException>(() => new VectorMixture<MultivariateNormal>(zeros, new MultivariateNormal(Tensor.Zeros([3, 2], DType.Float64), eye)));
        Assert.Throws<ArgumentException>(() => new TransformedVector(new Normal(0.0, 1.0), new StickBreakingTransform()));
    }
}
