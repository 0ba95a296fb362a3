using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GammaFunctionTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 690.7755278982137)]
    [InlineData(0.001, 6.907178885383853)]
    [InlineData(0.3, 1.0957979948180756)]
    [InlineData(0.9999999999, 5.7721571274281786e-11)]
    [InlineData(1.0000001, -5.772155829918507e-8)]
    [InlineData(1.5, -0.12078223763524522)]
    [InlineData(1.9999999, -4.2278430309861296e-8)]
    [InlineData(2.00001, 4.22787559764836e-6)]
    [InlineData(2.7, 0.4348205536551047)]
    [InlineData(5.5, 3.9578139676187165)]
    [InlineData(8.999, 10.602462320025602)]
    [InlineData(9.001, 10.606743602976913)]
    [InlineData(42.5, 115.90007047041453)]
    [InlineData(100000.0, 1051287.7089736569)]
    [InlineData(1e300, 6.897755278982137e302)]
    [InlineData(-0.5, 1.2655121234846454)]
    [InlineData(-1.5, 0.860047015376481)]
    [InlineData(-7.3, -7.779101629826852)]
    [InlineData(-50.25, -147.96757866714194)]
    public void LogGamma_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogGamma(x), 1e-14);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.10061948709426986, 2.2462746543592567)]
    [InlineData(3.1155401482245275, 0.8023631534556256)]
    [InlineData(0.18924775149352652, 1.5825055759870015)]
    [InlineData(1.1588744544216871, -0.07239787091342635)]
    [InlineData(0.5247168913364944, 0.5252995802317292)]
    [InlineData(2.2816537429605006, 0.14327257206890454)]
    [InlineData(1.38391690744403, -0.11849235754650511)]
    [InlineData(0.5023697350681564, 0.5677257632086643)]
    public void LogGamma_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogGamma(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-5, 99999.42279422555)]
    [InlineData(0.5, 1.772453850905516)]
    [InlineData(3.3, 2.6834373819557684)]
    [InlineData(10.5, 1133278.3889487856)]
    [InlineData(29.9, 6.304174488373721e30)]
    [InlineData(30.1, 1.240499575297669e31)]
    [InlineData(171.5, 9.4833675668248e307)]
    [InlineData(-0.7, -4.273669982410843)]
    [InlineData(-3.5, 0.2700882058522691)]
    [InlineData(-20.3, -6.435466204989327e-19)]
    public void Gamma_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Gamma(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-10, 1e-10, 23.7189981105004)]
    [InlineData(1e-5, 100000.0, 11.512804563691175)]
    [InlineData(0.5, 0.5, 1.1447298858494002)]
    [InlineData(3, 1000000000000.0, -82.1999161672287)]
    [InlineData(8.9, 9.1, -12.29469249754467)]
    [InlineData(9, 9, -12.295867644646389)]
    [InlineData(1000000.0, 2000000.0, -1909548.290968533)]
    [InlineData(10000000000.0, 0.001, 6.884153034453963)]
    [InlineData(20, 0.25, 0.5437961139802225)]
    [InlineData(1e-200, 3, 460.51701859880916)]
    public void LogBeta_PointsOfEveryRegion_AgreesWithReference(double a, double b, double expected) =>
        SpecialAssert.Close(expected, Special.LogBeta(a, b), 1e-14);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(2.423463076275328, 1.460441557586541, -1.5370299198074093)]
    [InlineData(1.5353199650445053, 1.9763054917844922, -1.3425726466454047)]
    [InlineData(2.474583776427874, 1.1652947249620376, -1.1660639414901472)]
    [InlineData(2.73968883779507, 2.142159931188914, -2.468434053394505)]
    [InlineData(1.7003054120463865, 2.479942700338385, -1.8477722859264993)]
    [InlineData(1.5224261790125544, 0.4251496981963785, 0.6360165289105194)]
    [InlineData(1.4733528929162731, 1.9550086609266466, -1.2625823211496223)]
    [InlineData(0.5592247520035754, 1.1890092796586964, 0.46691064760900014)]
    [InlineData(0.8976909044233976, 1.1380877404817769, -0.012401262039570203)]
    [InlineData(1.8275384950996998, 2.2688686635315247, -1.841349603739268)]
    [InlineData(1.6413207666384666, 2.095675887955887, -1.534778398342073)]
    [InlineData(2.187240932090983, 2.3290492186163094, -2.214497020719818)]
    public void LogBeta_TorchValues_AgreesWithReference(double a, double b, double expected) =>
        SpecialAssert.Close(expected, Special.LogBeta(a, b), 2e-14);


    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(-3.0, double.PositiveInfinity)]
    [InlineData(1.0, 0.0)]
    [InlineData(2.0, 0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void LogGamma_PolesZerosAndLimits_FollowC99(double x, double expected) => Assert.Equal(expected, Special.LogGamma(x));

    [Theory]
    [InlineData(2.5, 1)]
    [InlineData(-0.5, -1)]
    [InlineData(-1.5, 1)]
    [InlineData(-2.5, -1)]
    [InlineData(-2.0, 1)]
    public void LogGammaSign_AlternatesBetweenPoles(double x, int expected) => Assert.Equal(expected, Special.LogGammaSign(x));

    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(-0.0, double.NegativeInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(172.0, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Gamma_PolesAndLimits_FollowC99(double x, double expected) => Assert.Equal(expected, Special.Gamma(x));

    // Source: PyTorch 1.13, torch.special.multigammaln(x, 3).
    [Theory]
    [InlineData(1.6385523376060627, 1.8862830046988734)]
    [InlineData(4.475774800997595, 7.073018703532916)]
    [InlineData(2.5630035644971327, 1.9582814452607904)]
    public void LogMultivariateGamma_OrderThree_AgreesWithReference(double a, double expected) =>
        SpecialAssert.Close(expected, Special.LogMultivariateGamma(3, a), 1e-14);

    [Fact]
    public void LogMultivariateGamma_OutsideItsDomain_IsNaN() => Assert.Equal(double.NaN, Special.LogMultivariateGamma(3, 1.0));

    [Fact]
    public void LogBeta_ZeroInfiniteOrNaN_TakesTheLimit()
    {
        Assert.Equal(double.PositiveInfinity, Special.LogBeta(0, 3));
        Assert.Equal(double.NegativeInfinity, Special.LogBeta(2, double.PositiveInfinity));
        Assert.Equal(double.NaN, Special.LogBeta(double.NaN, 1));
        Assert.Equal(double.NaN, Special.LogBeta(20, double.NaN));
    }
}
