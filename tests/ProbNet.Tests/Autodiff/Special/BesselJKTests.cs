using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Bessel functions of the first and second kind, orders 0 and 1.</summary>
public class BesselJKTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-8, 1.0)]
    [InlineData(-2.4, 0.002507683297243859)]
    [InlineData(2.404825557695773, -6.10876525973673e-17)]
    [InlineData(5.5, -0.006843869417819197)]
    [InlineData(7.9, 0.19436184484127825)]
    [InlineData(-8.1, 0.14751745404437766)]
    [InlineData(8.65, 0.001012166219373185)]
    [InlineData(1234.5, -0.013550379618035721)]
    [InlineData(1000000.0, 0.00033104301373987376)]
    public void BesselJ0_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselJ0(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 5e-301)]
    [InlineData(-0.5, -0.2422684576748739)]
    [InlineData(3.8317059702075125, -6.149807356994906e-17)]
    [InlineData(7.0, -0.004682823482345833)]
    [InlineData(-8.1, -0.24760776698159287)]
    [InlineData(1234.5, 0.0182175083373925)]
    [InlineData(1000000.0, -0.000725968356813763)]
    public void BesselJ1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselJ1(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 690.8914594138721)]
    [InlineData(0.1, 2.4270690247020164)]
    [InlineData(0.9999, 0.42108463407875757)]
    [InlineData(1.0001, 0.42096425263197584)]
    [InlineData(5.0, 0.0036910983340425942)]
    [InlineData(700.0, 4.669776431685377e-306)]
    public void BesselK0_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselK0(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 9.999999999999999e299)]
    [InlineData(0.1, 9.853844780870606)]
    [InlineData(0.9999, 0.6020095344988924)]
    [InlineData(1.0001, 0.6018049481630383)]
    [InlineData(5.0, 0.004044613445452165)]
    [InlineData(700.0, 4.6731107967079664e-306)]
    public void BesselK1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselK1(x), 2e-15);

    [Theory]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(40)]
    public void BesselK_Scaled_AreTheFunctionsTimesTheExponential(double x)
    {
        SpecialAssert.Close(Special.BesselK0(x) * Math.Exp(x), Special.BesselK0e(x), 2e-15);
        SpecialAssert.Close(Special.BesselK1(x) * Math.Exp(x), Special.BesselK1e(x), 2e-15);
    }

    [Fact]
    public void BesselJAndK_EndsAndOutside_AreDecided()
    {
        double infinity = double.PositiveInfinity;
        Assert.Equal([1.0, 0, 0], new[] { 0, infinity, -infinity }.Select(Special.BesselJ0));
        Assert.Equal([0.0, 0, 0], new[] { 0, infinity, -infinity }.Select(Special.BesselJ1));
        Func<double, double>[] second = [Special.BesselK0, Special.BesselK1, Special.BesselK0e, Special.BesselK1e];
        Assert.All(second, f => Assert.Equal([infinity, 0, double.NaN, double.NaN], new[] { 0, infinity, -1, double.NaN }.Select(f)));
        Assert.Equal([double.NaN, double.NaN], [Special.BesselJ0(double.NaN), Special.BesselJ1(double.NaN)]);
    }
}
