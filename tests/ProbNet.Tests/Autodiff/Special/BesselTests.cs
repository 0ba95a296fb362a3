using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Modified Bessel functions; reference: mpmath 1.3 with 40 digits, besseli.</summary>
public class BesselTests
{
    // Two sums and an exponential, a few units in the last place each.
    private const double Tolerance = 5e-15;
    private const double LargeTolerance = 1e-13;

    [Theory]
    [InlineData(0.5, 1.0634833707413235, 0.25789430539089632, 0.64503527044915007, 0.1564208031848717)]
    [InlineData(7.9, 389.406283282158, 363.85394408450839, 0.14436986414104192, 0.13489649943989377)]
    [InlineData(8.1, 469.50060671012147, 439.48430891035846, 0.14251180948829528, 0.13340068832583663)]
    [InlineData(60.0, 5.8940770556098012e+24, 5.8447515883904683e+24, 0.051611549173609841, 0.051179630189028718)]
    [InlineData(712.5, 4.0682930906643412e+307, 4.0654371450013243e+307, 0.014948371312550616, 0.014937877541510075)]
    public void BesselI_OfBothSigns_MatchesTheReference(double x, double i0, double i1, double i0e, double i1e)
    {
        double tolerance = x < 10 ? Tolerance : LargeTolerance;
        Assert.Equal(1, Special.BesselI0(x) / i0, tolerance);
        Assert.Equal(1, Special.BesselI1(x) / i1, tolerance);
        Assert.Equal(1, Special.BesselI0e(-x) / i0e, tolerance);
        Assert.Equal(1, Special.BesselI1e(-x) / -i1e, tolerance);
    }

    [Fact]
    public void BesselI_Infinity_IsTheLimit()
    {
        double infinity = double.PositiveInfinity;
        Assert.Equal(infinity, Special.BesselI0(infinity));
        Assert.Equal(-infinity, Special.BesselI1(-infinity));
        Assert.Equal(0, Special.BesselI0e(infinity));
        Assert.Equal(0, Special.BesselI1e(infinity));
        Assert.True(double.IsNaN(Special.BesselI0(double.NaN)));
        Assert.Equal(0, Special.BesselI1(0));
        Assert.Equal(1, Special.BesselI0(0), 1e-15);
    }
}
