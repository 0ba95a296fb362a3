using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Families with shape parameters against the families that they contain.</summary>
public class RelatedFamiliesTests
{
    private static readonly Tensor Zero = Tensor.From(0.0), One = Tensor.From(1.0);

    public static TheoryData<string, Univariate, Univariate> Pairs => new()
    {
        { "GeneralizedPareto, ξ = 0", new GeneralizedPareto(Zero, 2.0, 0.0), new Exponential(Tensor.From(0.5)) },
        { "GeneralizedPareto, ξ > 0", new GeneralizedPareto(Zero, 2.0, 0.25), new Lomax(Tensor.From(8.0), 4.0) },
        { "GeneralizedPareto, ξ = −1", new GeneralizedPareto(Zero, 2.0, -1.0), new Uniform(Zero, 2.0) },
        { "GeneralizedExtremeValue, ξ = 0", new GeneralizedExtremeValue(One, 2.0, 0.0), new Gumbel(One, 2.0) },
        { "GeneralizedExtremeValue, ξ > 0", new GeneralizedExtremeValue(One, 0.25, 0.25), new Frechet(One, 4.0) },
        { "SinhArcsinh, s = 0, t = 1", new SinhArcsinh(One, 2.0, 0.0, 1.0), new Normal(One, 2.0) },
        { "HalfStudentT, ν = 1", new HalfStudentT(One, 2.0), new HalfCauchy(Tensor.From(2.0)) },
        { "HalfStudentT, ν = 1e9", new HalfStudentT(Tensor.From(1e9), 2.0), new HalfNormal(Tensor.From(2.0)) },
        { "PowerLaw, α = −1", new PowerLaw(Tensor.From(-1.0), 0.5, 3.0), new LogUniform(Tensor.From(0.5), 3.0) },
        { "PowerLaw, α = 0", new PowerLaw(Zero, 0.5, 3.0), new Uniform(Tensor.From(0.5), 3.0) },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Answers_AtSpecialShapes_AreThoseOfTheOtherFamily(string name, Univariate general, Univariate special)
    {
        // The limit of ν → ∞ is not reached.
        double tolerance = name.Contains("1e9", StringComparison.Ordinal) ? 1e-7 : 1e-12;
        Tensor p = Tensor.From(1e-8, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-8), x = special.Quantile(p);
        BatteryTests.AssertClose(x, general.Quantile(p), tolerance, tolerance);
        BatteryTests.AssertClose(special.LogProb(x), general.LogProb(x), tolerance, tolerance);
        BatteryTests.AssertClose(special.LogCdf(x), general.LogCdf(x), tolerance, tolerance);
        BatteryTests.AssertClose(special.LogSurvival(x), general.LogSurvival(x), tolerance, tolerance);
        foreach ((Tensor expected, Tensor actual) in new[]
            {
                (special.Mean().Value, general.Mean().Value), (special.Variance().Value, general.Variance().Value), (special.Entropy().Value, general.Entropy().Value),
            })
        {
            BatteryTests.AssertClose(expected.Reshape(1), actual.Reshape(1), 1e-6 * tolerance / 1e-12, 1e-10);
        }
    }

    [Theory]
    [InlineData(1e-14)]
    [InlineData(-1e-10)]
    [InlineData(1e-5)]
    public void Answers_NearTheExponentialLimit_AreContinuousInTheShape(double xi)
    {
        // To first order in ξ: ln S = −z + ξz²/2, with a remainder of ξ²z³/3.
        Tensor z = Tensor.From(0.01, 1.0, 20.0);
        Tensor expected = -z + (0.5 * xi * z.Square());
        BatteryTests.AssertClose(expected, new GeneralizedPareto(Zero, 1.0, xi).LogSurvival(z), 3000 * xi * xi, 1e-15);
        BatteryTests.AssertClose((-z).Exp(), -new GeneralizedExtremeValue(Zero, 1.0, xi).LogCdf(z), 0, (250 * Math.Abs(xi)) + 1e-14);
    }

    [Fact]
    public void Constructors_ParametersOutOfRange_AreNamed()
    {
        AssertMessage(() => _ = new GeneralizedPareto(0, -1, 0), "GeneralizedPareto: scale must be above 0");
        AssertMessage(() => _ = new GeneralizedExtremeValue(0, 1, double.PositiveInfinity), "GeneralizedExtremeValue: concentration must be finite");
        AssertMessage(() => _ = new Gompertz(0, 1), "Gompertz: concentration must be above 0");
        AssertMessage(() => _ = new SinhArcsinh(0, 1, 0, 0), "SinhArcsinh: tailweight must be above 0");
        AssertMessage(() => _ = new HalfStudentT(0, 1), "HalfStudentT: df must be above 0");
        AssertMessage(() => _ = new PowerLaw(1, 2, 2), "PowerLaw: low must be below high");
    }

    [Fact]
    public void LogProb_WhereTheRatioToTheScaleLeavesTheRange_HasFiniteGradients()
    {
        Tensor[] f = Gradient.ValueAndGradient(
            all => new FisherSnedecor(all[0], all[1]).LogProb(all[2]), Tensor.From(6.8e7f), Tensor.From(2.1e-8f), Tensor.From(6.8e7f)).Gradients;
        Assert.All(f, gradient => Assert.True(float.IsFinite((float)gradient.ToScalar())));
        Func<Tensor, Tensor, Univariate>[] families = [(scale, shape) => new LogLogistic(scale, shape), (scale, shape) => new Frechet(scale, shape)];
        foreach (Func<Tensor, Tensor, Univariate> create in families)
        {
            // ln f = ln β − β·ln(x/s) − ln x up to terms that vanish, so that β/s and −(β + 1)/x are the derivatives.
            Tensor[] far = Gradient.ValueAndGradient(
                all => create(all[0], all[1]).LogProb(all[2]), Tensor.From(1e-20f), Tensor.From(2f), Tensor.From(1e30f)).Gradients;
            Assert.Equal(2e20, far[0].ToScalar(), 1e14);
            Assert.Equal(-3e-30, far[2].ToScalar(), 1e-36);
        }
    }

    private static void AssertMessage(Action action, string part) => Assert.Contains(part, Assert.Throws<ArgumentOutOfRangeException>(action).Message);
}
