using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Modified Bessel functions of real order.</summary>
public class BesselOrderTests
{
    // The exponents of a few hundred that the values go through carry half a unit each.
    private const double Tolerance = 5e-14;

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-0.5, 0.2, 1.4900291379127955)]
    [InlineData(-1.5, 3.0, 0.1527917158761246)]
    [InlineData(-2.5, 40.0, 0.058465711408685894)]
    [InlineData(19.9, 29.9, 0.00011023050328574493)]
    [InlineData(19.9, 30.1, 0.0001144650141366199)]
    [InlineData(20.1, 0.001, 1.353482852308752e-85)]
    [InlineData(300.0, 1000.0, 4.91038010834484e-22)]
    [InlineData(0.3, 100000.0, 0.0012615672702685388)]
    [InlineData(3.0, -2.5, -0.03893869435176336)]
    public void BesselIe_PointsOfEveryRegion_AgreesWithReference(double nu, double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselIe(nu, x), Tolerance);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-0.5, 1e-200, 230.03271794675985)]
    [InlineData(1.0, 1e-200, -461.2101657793691)]
    [InlineData(4.5, 29.9, 26.942581509634472)]
    [InlineData(4.5, 30.1, 27.141534428649116)]
    [InlineData(25.0, 1e-5, -363.1554213612339)]
    [InlineData(1000.0, 3.0, -5506.660822630272)]
    [InlineData(1000.0, 5000.0, 4895.142085881283)]
    [InlineData(2.5, 100000.0, 99993.32456873416)]
    public void LogBesselI_PointsOfEveryRegion_AgreesWithReference(double nu, double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogBesselI(nu, x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-0.5, 1e-9, 1e-9)]
    [InlineData(-0.9, 2.0, 1.3169291702295909)]
    [InlineData(0.5, 3.0, 0.6716364899803559)]
    [InlineData(7.0, 29.0, 0.7709474321108767)]
    [InlineData(25.0, 0.001, 1.9230769223920665e-5)]
    [InlineData(1000.0, 2000.0, 0.6178339887579027)]
    [InlineData(2.5, 10000.0, 0.999700030003)]
    public void BesselIRatio_PointsOfEveryRegion_AgreesWithReference(double nu, double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselIRatio(nu, x), 2e-15);

    [Theory]
    [InlineData(0.01)]
    [InlineData(3)]
    [InlineData(29.999)]
    [InlineData(30.001)]
    [InlineData(500)]
    public void BesselIe_OrdersWithClosedForms_AreTheirs(double x)
    {
        // I_½ = √(2/πx) sinh x and I_−½ = √(2/πx) cosh x (DLMF 10.39.1, 10.39.2), times e^−x.
        double factor = Math.Sqrt(0.5 / (Math.PI * x));
        SpecialAssert.Close(-factor * Special.Expm1(-2 * x), Special.BesselIe(0.5, x), 5e-15);
        SpecialAssert.Close(factor * (1 + Math.Exp(-2 * x)), Special.BesselIe(-0.5, x), 5e-15);
        SpecialAssert.Close(Math.Tanh(x), Special.BesselIRatio(-0.5, x), 5e-15);
        SpecialAssert.Close(Special.BesselI0e(x), Special.BesselIe(1e-300, x), 5e-15);
    }

    [Fact]
    public void BesselI_EndsAndOutside_AreDecided()
    {
        double infinity = double.PositiveInfinity;
        Assert.Equal([1.0, 0, 0, infinity, -infinity], new[] { 0, 0.5, 25.5, -0.5, -1.5 }.Select(nu => Special.BesselIe(nu, 0)));
        Assert.Equal([0.0, 0, 0], new[] { 0, 0.5, -0.5 }.Select(nu => Special.BesselIe(nu, infinity)));
        Assert.Equal(Special.BesselIe(3, 2), Special.BesselIe(-3, 2));
        Assert.Equal(-Special.BesselIe(3, 2), Special.BesselIe(3, -2));
        Assert.Equal(double.NaN, Special.BesselIe(2.5, -2));
        Assert.Equal([0.0, -infinity, infinity], new[] { 0, 0.5, -0.5 }.Select(nu => Special.LogBesselI(nu, 0)));
        Assert.Equal([infinity, infinity], new[] { 0.5, 30 }.Select(nu => Special.LogBesselI(nu, infinity)));
        Assert.Equal(double.NaN, Special.LogBesselI(-1.5, 2));
        Assert.Equal([0.0, 1, -1, double.NaN], new[] { 0, infinity, -infinity, double.NaN }.Select(x => Special.BesselIRatio(2.5, x)));
        Assert.Equal(double.NaN, Special.BesselIRatio(-1, 2));
        foreach (Func<double, double, double> f in new[] { Special.BesselIe, Special.LogBesselI, Special.BesselIRatio })
        {
            Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN], [f(2, double.NaN), f(25.5, double.NaN), f(0.5, double.NaN), f(double.NaN, 2)]);
        }
    }

    [Fact]
    public void LogBesselI_HugeOrders_IsFinite()
    {
        // ν (√2 − asinh 1) at x = ν, up to a logarithm of ν (DLMF 10.41.3).
        SpecialAssert.Close((Math.Sqrt(2) - Math.Asinh(1)) * 1e300, Special.LogBesselI(1e300, 1e300), 1e-14);
        SpecialAssert.Close(Math.Sqrt(2) - 1, Special.BesselIRatio(1e300, 1e300), 1e-14);
    }
}
