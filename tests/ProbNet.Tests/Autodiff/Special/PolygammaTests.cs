using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class PolygammaTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-12, -1000000000000.5773)]
    [InlineData(0.1, -10.423754940411076)]
    [InlineData(1, -0.5772156649015329)]
    [InlineData(1.4616321449683622, -9.241265521729427e-17)]
    [InlineData(1.46, -0.0015805619870834522)]
    [InlineData(2, 0.42278433509846713)]
    [InlineData(9.999, 2.2516474172057355)]
    [InlineData(10.001, 2.251857749877872)]
    [InlineData(100000000.0, 18.420680738952367)]
    [InlineData(-0.5, 0.03648997397857652)]
    [InlineData(-3.3, 3.620353460592126)]
    [InlineData(-25.7, 0.9833194264504789)]
    public void Digamma_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Digamma(x), 1e-14);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(3.6361325849501998, 1.147155094053023)]
    [InlineData(2.8176867100659586, 0.8480946147386825)]
    [InlineData(3.8405010209383748, 1.2097987047899532)]
    [InlineData(3.269140136839527, 1.0238541299183688)]
    [InlineData(3.5586255723312465, 1.1223404348520951)]
    [InlineData(0.5531166863275975, -1.7229283048435067)]
    [InlineData(0.8244189420470376, -0.9101424187397242)]
    [InlineData(2.5734539904653366, 0.7385525756264948)]
    public void Digamma_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Digamma(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-5, 10000000001.644909)]
    [InlineData(0.5, 4.934802200544679)]
    [InlineData(1, 1.6449340668482264)]
    [InlineData(3.7, 0.3100378576700383)]
    [InlineData(9.9, 0.1062830416287406)]
    [InlineData(12, 0.08690187287176838)]
    [InlineData(10000000000.0, 1.00000000005e-10)]
    [InlineData(-0.3, 13.945160267805722)]
    [InlineData(-4.75, 19.549301390239464)]
    public void Trigamma_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Trigamma(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(2, 0.5, -16.82879664423432)]
    [InlineData(2, -0.25, 122.69736678366236)]
    [InlineData(3, 4.5, 0.030322508542366587)]
    [InlineData(3, -2.75, 1558.4897512832936)]
    [InlineData(5, 10.28, 0.0002647888727392462)]
    [InlineData(8, -3.4, 149809052.07009134)]
    [InlineData(12, 30.0, -9.121334210785209e-11)]
    [InlineData(30, 2.5, -1.2232990235199246e20)]
    [InlineData(2, 10000.0, -1.000100005e-8)]
    public void Polygamma_PointsOfEveryRegion_AgreesWithReference(int n, double x, double expected) =>
        SpecialAssert.Close(expected, Special.Polygamma(n, x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1.001, 1.0, 1000.5772884760116)]
    [InlineData(2, 1, 1.6449340668482264)]
    [InlineData(2, 0.001, 1000001.6425331958)]
    [InlineData(3.5, 12.25, 0.0008429909616497913)]
    [InlineData(11, 10.28, 1.191977559003793e-11)]
    [InlineData(33.5, 1105.0, 3.8478185371618194e-101)]
    [InlineData(100, 90.0, 5.646466610254065e-196)]
    public void Zeta_PointsOfEveryRegion_AgreesWithReference(double s, double q, double expected) =>
        SpecialAssert.Close(expected, Special.Zeta(s, q), 1e-14);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(1.5, 1.0, 2.612375348685488)]
    [InlineData(2.0, 2.5, 0.4903577561002349)]
    [InlineData(3.0, 0.3, 37.636268294363006)]
    [InlineData(10.0, 1.0, 1.0009945751278182)]
    public void Zeta_ScipyValues_AgreesWithReference(double s, double q, double expected) =>
        SpecialAssert.Close(expected, Special.Zeta(s, q), 1e-14);


    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(-0.0, double.PositiveInfinity)]
    [InlineData(-2.0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Digamma_PolesAndLimits_FollowScipy(double x, double expected) => Assert.Equal(expected, Special.Digamma(x));

    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(-3.0, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, 0.0)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Trigamma_PolesAndLimits_AreDecided(double x, double expected) => Assert.Equal(expected, Special.Trigamma(x));

    [Fact]
    public void Polygamma_OrdersZeroAndOne_AreDigammaAndTrigamma()
    {
        Assert.Equal(Special.Digamma(2.3), Special.Polygamma(0, 2.3));
        Assert.Equal(Special.Trigamma(-2.3), Special.Polygamma(1, -2.3));
        Assert.Throws<ArgumentOutOfRangeException>(() => Special.Polygamma(-1, 1));
    }

    [Fact]
    public void Polygamma_PolesAndLimits_AreDecided()
    {
        Assert.Equal(double.PositiveInfinity, Special.Polygamma(3, -1));
        Assert.Equal(double.NegativeInfinity, Special.Polygamma(2, 0));
        Assert.Equal(double.NaN, Special.Polygamma(2, -1));
        Assert.Equal(double.NaN, Special.Polygamma(2, double.NaN));
        Assert.Equal(0, Special.Polygamma(3, double.PositiveInfinity));
    }

    [Theory]
    [InlineData(1.0, 2.0, double.PositiveInfinity)]
    [InlineData(0.5, 2.0, double.NaN)]
    [InlineData(2.0, 0.0, double.PositiveInfinity)]
    [InlineData(2.0, -3.0, double.PositiveInfinity)]
    [InlineData(2.5, -0.5, double.NaN)]
    [InlineData(2.0, double.PositiveInfinity, 0.0)]
    [InlineData(2.0, double.NaN, double.NaN)]
    [InlineData(double.NaN, 2.0, double.NaN)]
    public void Zeta_PolesAndLimits_FollowScipy(double s, double q, double expected) => Assert.Equal(expected, Special.Zeta(s, q));
}
