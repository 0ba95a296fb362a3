using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class FitTests
{
    private const int Count = 4000;

    // The parameters are the first ordinary point of the battery but where that is too special.
    public static TheoryData<string, Univariate, Func<Tensor, Univariate>> Known { get; } = new()
    {
        { "Normal", new Normal(Scalar(-3), 0.4), x => Check(Fit.MaximumLikelihood<Normal>(x)) },
        { "Laplace", new Laplace(Scalar(-3), 0.4), x => Check(Fit.MaximumLikelihood<Laplace>(x)) },
        { "Logistic", new Logistic(Scalar(1e4), 3), x => Check(Fit.MaximumLikelihood<Logistic>(x)) },
        { "Gumbel", new Gumbel(Scalar(20), 7), x => Check(Fit.MaximumLikelihood<Gumbel>(x)) },
        { "Moyal", new Moyal(Scalar(2), 0.5), x => Check(Fit.MaximumLikelihood<Moyal>(x)) },
        { "Cauchy", new Cauchy(Scalar(-3), 0.4), x => Check(Fit.MaximumLikelihood<Cauchy>(x)) },
        { "StudentT", new StudentT(Scalar(4), 10, 3), x => Check(Fit.MaximumLikelihood<StudentT>(x)) },
        { "GeneralizedNormal", new GeneralizedNormal(Scalar(1), 2, 3), x => Check(Fit.MaximumLikelihood<GeneralizedNormal>(x)) },
        { "SkewNormal", new SkewNormal(Scalar(1), 2, 4), x => Check(Fit.MaximumLikelihood<SkewNormal>(x)) },
        { "ExGaussian", new ExGaussian(Scalar(1), 2, 0.3), x => Check(Fit.MaximumLikelihood<ExGaussian>(x)) },
        { "JohnsonSU", new JohnsonSU(Scalar(1), 1.5, 3, 2), x => Check(Fit.MaximumLikelihood<JohnsonSU>(x)) },
        { "Exponential", new Exponential(Scalar(5)), x => Check(Fit.MaximumLikelihood<Exponential>(x)) },
        { "Gamma", new Gamma(Scalar(0.7), 3), x => Check(Fit.MaximumLikelihood<Gamma>(x)) },
        { "Chi2", new Chi2(Scalar(3)), x => Check(Fit.MaximumLikelihood<Chi2>(x)) },
        { "InverseGamma", new InverseGamma(Scalar(4), 3), x => Check(Fit.MaximumLikelihood<InverseGamma>(x)) },
        { "InverseGaussian", new InverseGaussian(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<InverseGaussian>(x)) },
        { "LogNormal", new LogNormal(Scalar(1), 0.3), x => Check(Fit.MaximumLikelihood<LogNormal>(x)) },
        { "Weibull", new Weibull(Scalar(2), 1.7), x => Check(Fit.MaximumLikelihood<Weibull>(x)) },
        { "Frechet", new Frechet(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<Frechet>(x)) },
        { "LogLaplace", new LogLaplace(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<LogLaplace>(x)) },
        { "SplitNormal", new SplitNormal(Scalar(1), 2, 4), x => Check(Fit.MaximumLikelihood<SplitNormal>(x)) },
        { "LogLogistic", new LogLogistic(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<LogLogistic>(x)) },
        { "Pareto", new Pareto(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<Pareto>(x)) },
        { "Lomax", new Lomax(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<Lomax>(x)) },
        { "HalfNormal", new HalfNormal(Scalar(2)), x => Check(Fit.MaximumLikelihood<HalfNormal>(x)) },
        { "Rayleigh", new Rayleigh(Scalar(2)), x => Check(Fit.MaximumLikelihood<Rayleigh>(x)) },
        { "Maxwell", new Maxwell(Scalar(2)), x => Check(Fit.MaximumLikelihood<Maxwell>(x)) },
        { "HalfCauchy", new HalfCauchy(Scalar(2)), x => Check(Fit.MaximumLikelihood<HalfCauchy>(x)) },
        { "FisherSnedecor", new FisherSnedecor(Scalar(6), 9), x => Check(Fit.MaximumLikelihood<FisherSnedecor>(x)) },
        { "Uniform", new Uniform(Scalar(-4), 20), x => Check(Fit.MaximumLikelihood<Uniform>(x)) },
        { "LogUniform", new LogUniform(Scalar(0.1), 20), x => Check(Fit.MaximumLikelihood<LogUniform>(x)) },
        { "Beta", new Beta(Scalar(0.7), 1.6), x => Check(Fit.MaximumLikelihood<Beta>(x)) },
        { "Kumaraswamy", new Kumaraswamy(Scalar(2), 3), x => Check(Fit.MaximumLikelihood<Kumaraswamy>(x)) },
        { "LogitNormal", new LogitNormal(Scalar(0.5), 1.2), x => Check(Fit.MaximumLikelihood<LogitNormal>(x)) },
        { "ContinuousBernoulli", ContinuousBernoulli.FromLogits(Scalar(2)), x => Check(Fit.MaximumLikelihood<ContinuousBernoulli>(x)) },
        { "Bernoulli", Bernoulli.FromProbs(Scalar(0.3)), x => Check(Fit.MaximumLikelihood<Bernoulli>(x)) },
        { "Poisson", new Poisson(Scalar(4)), x => Check(Fit.MaximumLikelihood<Poisson>(x)) },
        { "Geometric", new Geometric(Scalar(0.3)), x => Check(Fit.MaximumLikelihood<Geometric>(x)) },
        { "DiscreteUniform", new DiscreteUniform(Scalar(-2), 7), x => Check(Fit.MaximumLikelihood<DiscreteUniform>(x)) },
        { "Skellam", new Skellam(Scalar(4), 2), x => Check(Fit.MaximumLikelihood<Skellam>(x)) },
        { "Logarithmic", new Logarithmic(Scalar(0.6)), x => Check(Fit.MaximumLikelihood<Logarithmic>(x)) },
        { "AsymmetricLaplace", new AsymmetricLaplace(Scalar(3), 0.4, 1.7), x => Check(Fit.MaximumLikelihood<AsymmetricLaplace>(x)) },
        { "VonMises", new VonMises(Scalar(-1), 2), x => Check(Fit.MaximumLikelihood<VonMises>(x)) },
        { "Triangular", new Triangular(Scalar(-4), 20, 1), x => Check(Fit.MaximumLikelihood<Triangular>(x)) },
        { "Levy", new Levy(Scalar(-3), 0.4), x => Check(Fit.MaximumLikelihood<Levy>(x)) },
        { "Erlang", new Erlang(Scalar(3), 0.2), x => Check(Fit.MaximumLikelihood<Erlang>(x)) },
        { "BetaBinomial", new BetaBinomial(Scalar(20), 2, 5), x => Check(Fit.BetaBinomial(x, 20)) },
        { "NegativeBinomial", new NegativeBinomial(Scalar(3), 0.6), x => Check(Fit.MaximumLikelihood<NegativeBinomial>(x)) },
    };

    // Two angles an eighth of a turn to either side of ±π: the mean vector points there and is cos(π/4) long, which is what I₁(κ)/I₀(κ) must be.
    [Fact]
    public void VonMises_OfAnglesAroundTheCut_PointsBetweenThem()
    {
        FitResult<VonMises> fit = Fit.MaximumLikelihood<VonMises>(Tensor.From(0.75 * Math.PI, -0.75 * Math.PI));
        Assert.Equal(Math.PI, Math.Abs(fit.Distribution.Loc.ToScalar()), 1e-12);
        Tensor concentration = fit.Distribution.Concentration;
        Assert.Equal(Math.Sqrt(0.5), (concentration.BesselI1e() / concentration.BesselI0e()).ToScalar(), 1e-12);
        Assert.True(double.IsFinite(fit.LogLikelihood));
    }

    // Twice the gain in log likelihood over the truth is χ² with as many degrees of freedom as parameters (Wilks 1938), at most 4 here: beyond 33.4 with
    // probability 1e-6. Where the support moves it is twice that in degrees of freedom: 8, 42.7. It is never below 0.
    [Theory]
    [MemberData(nameof(Known))]
    public void MaximumLikelihood_OfDraws_IsMoreLikelyThanTheTruthButNotBySomethingImprobable(string name, Univariate truth, Func<Tensor, Univariate> fit)
    {
        Tensor data = truth.Sample(RandomKey.FromSeed(71), Count).Cast(DType.Float64);
        Univariate fitted = fit(data);
        double gain = 2 * (fitted.LogProb(data).Sum() - truth.LogProb(data).Sum()).ToScalar();
        Assert.True(gain is >= -1e-6 and < 42.7, $"{name}: twice the gain is {gain}; {fitted}");
    }

    [Fact]
    public void MaximumLikelihood_BySearch_EndsWhereTheGradientVanishes()
    {
        Tensor data = new Gamma(Scalar(0.7), 3).Sample(RandomKey.FromSeed(5), 500);
        FitResult<Gamma> fit = Fit.MaximumLikelihood<Gamma>(data);

        // The equations of the maximum: ψ(a) − ln a = mean ln x − ln mean x, and rate = a/mean.
        double a = fit.Distribution.Concentration.ToScalar(), mean = data.Mean().ToScalar();
        Assert.Equal(data.Log().Mean().ToScalar() - Math.Log(mean), Tensor.Scalar(a, DType.Float64).Digamma().ToScalar() - Math.Log(a), 1e-8);
        Assert.Equal(a / mean, fit.Distribution.Rate.ToScalar(), 1e-7);
        Assert.True(fit.Converged);
        Assert.InRange(fit.Iterations, 1, 50);
        Assert.Equal((2 * 2) - (2 * fit.LogLikelihood), fit.Aic, 1e-9);
        Assert.Equal((2 * Math.Log(500)) - (2 * fit.LogLikelihood), fit.Bic, 1e-9);
    }

    [Fact]
    public void MaximumLikelihood_WithWeights_IsThatOfRepeatedData()
    {
        Tensor data = Tensor.From(0.4, 1.1, 2.5, 0.2), weights = Tensor.From(3.0, 1.0, 0.0, 2.0), repeated = Tensor.From(0.4, 0.4, 0.4, 1.1, 0.2, 0.2);
        FitResult<Weibull> weighted = Fit.MaximumLikelihood<Weibull>(data, weights), plain = Fit.MaximumLikelihood<Weibull>(repeated);
        Assert.Equal(plain.LogLikelihood, weighted.LogLikelihood, 1e-9);
        Assert.Equal(plain.Distribution.Scale.ToScalar(), weighted.Distribution.Scale.ToScalar(), 1e-6);
        Assert.Equal(6, weighted.Count);
        Assert.Equal(0.4, Fit.MaximumLikelihood<Laplace>(data, weights).Distribution.Loc.ToScalar());
        Assert.Equal(1.1, Fit.MaximumLikelihood<Uniform>(data, weights).Distribution.High.ToScalar());
    }

    [Fact]
    public void MaximumLikelihood_OfAFunction_FitsWhatIsFree()
    {
        var truth = new Binomial(Scalar(10), 0.3);
        Tensor data = truth.Sample(RandomKey.FromSeed(8), 1000).Cast(DType.Float64);
        FitResult<Binomial> fit = Fit.MaximumLikelihood(p => new Binomial(Scalar(10), p[0]), [new("probs", 0.5, Support.UnitInterval)], data);
        Assert.Equal(data.Mean().ToScalar() / 10, fit.Distribution.Probs.ToScalar(), 1e-8);
        Assert.Equal(1, fit.ParameterCount);
    }

    [Fact]
    public void Moments_AreThoseOfTheData()
    {
        Tensor data = Tensor.From(0.11, 0.52, 0.3, 0.27, 0.64, 0.2);
        (double mean, double variance) = (data.Mean().ToScalar(), data.Var(0, correction: 0).ToScalar());
        Univariate[] two =
        [
            Fit.Moments<Normal>(data).Distribution, Fit.Moments<Laplace>(data).Distribution, Fit.Moments<Logistic>(data).Distribution,
            Fit.Moments<Gumbel>(data).Distribution, Fit.Moments<Moyal>(data).Distribution, Fit.Moments<Gamma>(data).Distribution, Fit.Moments<InverseGamma>(data).Distribution,
            Fit.Moments<InverseGaussian>(data).Distribution, Fit.Moments<LogNormal>(data).Distribution, Fit.Moments<Uniform>(data).Distribution,
            Fit.Moments<Beta>(data).Distribution,
        ];
        Univariate[] one =
        [
            Fit.Moments<Exponential>(data).Distribution, Fit.Moments<Chi2>(data).Distribution, Fit.Moments<HalfNormal>(data).Distribution,
            Fit.Moments<Rayleigh>(data).Distribution, Fit.Moments<Maxwell>(data).Distribution,
        ];
        Assert.All([.. two, .. one], fitted => Assert.Equal(mean, fitted.Mean().Value.ToScalar(), 1e-12));
        Assert.All(two, fitted => Assert.Equal(variance, fitted.Variance().Value.ToScalar(), 1e-12));
        Assert.Throws<NotSupportedException>(() => Fit.Moments<Cauchy>(data));
    }

    [Fact]
    public void Categorical_CountsClasses()
    {
        FitResult<Categorical> fit = Fit.Categorical(Tensor.From(0L, 2L, 2L, 1L), 3);
        Assert.Equal([0.25, 0.25, 0.5], fit.Distribution.Probs.ToDoubles());
        Assert.Equal(2, fit.ParameterCount);
        Assert.Contains("number 1 ", Assert.Throws<ArgumentException>(() => Fit.Categorical(Tensor.From(0L, 3L), 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MultivariateNormal_HasTheMeanAndCovarianceOfTheData()
    {
        Tensor data = Tensor.From([0.0, 1, 2, 1, 1, 4, 3, 2], [4, 2]), mean = data.Mean(0), deviation = data - mean;
        FitResult<MultivariateNormal> fit = Fit.MultivariateNormal(data);
        Assert.Equal(mean.ToDoubles(), fit.Distribution.Loc.ToDoubles());
        double[] expected = (deviation.Transpose().MatMul(deviation) / 4).ToDoubles(), found = fit.Distribution.Covariance.ToDoubles();
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(expected[i], found[i], 1e-12));
        Assert.Equal(5, fit.ParameterCount);
    }

    [Fact]
    public void MaximumLikelihood_OfBadData_SaysWhatIsWrong()
    {
        Assert.Contains("[0]", Assert.Throws<ShapeException>(() => Fit.MaximumLikelihood<Normal>(Tensor.Zeros([0], DType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => Fit.MaximumLikelihood<Normal>(Tensor.From(0.0, double.NaN))).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => Fit.MaximumLikelihood<Gamma>(Tensor.From(2.0, -1.0))).Message, StringComparison.Ordinal);
        Assert.Contains("one distinct value", Assert.Throws<ArgumentException>(() => Fit.MaximumLikelihood<Normal>(Tensor.From(3.0, 3.0))).Message, StringComparison.Ordinal);
        Assert.Contains("weight in row 1", Assert.Throws<ArgumentException>(
            () => Fit.MaximumLikelihood<Normal>(Tensor.From(3.0, 4.0), Tensor.From(1.0, -1.0))).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => Fit.MaximumLikelihood<Delta>(Tensor.From(3.0, 4.0)));
        Assert.Contains("not in", Assert.Throws<ArgumentException>(() => Fit.Binomial(Tensor.From(3.0, 11.0), 10)).Message, StringComparison.Ordinal);
        Assert.Contains("the start of probs", Assert.Throws<ArgumentException>(() => Fit.MaximumLikelihood(
            p => new Binomial(Scalar(10), p[0]), [new("probs", 1.5, Support.UnitInterval)], Tensor.From(1.0))).Message, StringComparison.Ordinal);
    }

    private static T Check<T>(FitResult<T> fit) where T : Univariate
    {
        Assert.True(fit.Converged, fit.ToString());
        return fit.Distribution;
    }

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);
}
