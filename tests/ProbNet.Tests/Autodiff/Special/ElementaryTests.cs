using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ElementaryTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-10, -1.00000000005e-10)]
    [InlineData(1e-5, 9.999950000333332e-6)]
    [InlineData(0.3, 0.26236426446749106)]
    [InlineData(-0.7, -1.203972804325936)]
    [InlineData(-0.999999, -13.815510557935518)]
    [InlineData(5, 1.791759469228055)]
    [InlineData(1e300, 690.7755278982137)]
    public void Log1p_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Log1p(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-10, -9.999999999500001e-11)]
    [InlineData(1e-5, 1.0000050000166668e-5)]
    [InlineData(0.3, 0.3498588075760031)]
    [InlineData(0.4999, 0.6485564068163897)]
    [InlineData(-0.5001, -0.3935299903207856)]
    [InlineData(3, 19.085536923187668)]
    [InlineData(-40, -1.0)]
    [InlineData(700, 1.0142320547350045e304)]
    public void Expm1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Expm1(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-1e-300, -690.7755278982137)]
    [InlineData(-1e-10, -23.025850929990458)]
    [InlineData(-0.3, -1.3502256128148467)]
    [InlineData(-0.69, -0.6963042971440567)]
    [InlineData(-0.7, -0.6863410028083852)]
    [InlineData(-5, -0.006760749449488557)]
    [InlineData(-40, -4.248354255291589e-18)]
    [InlineData(-700, -9.85967654375977e-305)]
    public void Log1mExp_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Log1mExp(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-150, 5e-301)]
    [InlineData(-1e-10, 5.000000000333334e-21)]
    [InlineData(1e-5, 4.9999666669166655e-11)]
    [InlineData(0.3, 0.03763573553250894)]
    [InlineData(-0.499, 0.19214917789727226)]
    [InlineData(-0.501, 0.1941491832306184)]
    [InlineData(0.99, 0.301865361263599)]
    [InlineData(1.01, 0.31186527792901564)]
    [InlineData(-0.9999, 8.210440371976294)]
    [InlineData(10000000000.0, 9999999976.97415)]
    public void XMinusLog1p_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.XMinusLog1p(x), 2e-15);


    [Fact]
    public void Elementary_EndsAndOutside_AreDecided()
    {
        Assert.Equal(double.NegativeInfinity, Special.Log1p(-1));
        Assert.Equal(double.NaN, Special.Log1p(-1.5));
        Assert.Equal(double.PositiveInfinity, Special.Log1p(double.PositiveInfinity));
        Assert.Equal(-1, Special.Expm1(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Special.Expm1(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, Special.Log1mExp(0));
        Assert.Equal(0, Special.Log1mExp(double.NegativeInfinity));
        Assert.Equal(double.NaN, Special.Log1mExp(0.5));
        Assert.True(double.IsNegative(Special.Log1p(-0.0)));
        Assert.True(double.IsNegative(Special.Expm1(-0.0)));
    }
}
