using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class IncompleteBetaTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, 0.5, 0.3, 0.36901011956554536)]
    [InlineData(1e-5, 1e-5, 0.9, 0.5000109859307654)]
    [InlineData(2, 3, 0.01, 0.00059203)]
    [InlineData(2, 3, 0.99, 0.99999603)]
    [InlineData(0.01, 50, 0.05, 0.9997592711829554)]
    [InlineData(50, 0.01, 0.95, 0.0002407288170446405)]
    [InlineData(8.9, 7.5, 0.35, 0.056844709614164324)]
    [InlineData(100, 200, 0.3, 0.10884306564490975)]
    [InlineData(100000.0, 200000.0, 0.33, 5.24278181847812e-5)]
    [InlineData(1000000.0, 1500000.0, 0.401, 0.9993738209279589)]
    [InlineData(5, 10000000.0, 3e-7, 0.184736931909205)]
    [InlineData(30, 40, 1e-8, 3.162726809647945e-221)]
    public void BetaRegularized_PointsOfEveryRegion_AgreesWithReference(double a, double b, double x, double expected) =>
        SpecialAssert.Close(expected, Special.BetaRegularized(a, b, x), 1e-12);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, 0.5, 0.3, 0.6309898804344546)]
    [InlineData(1e-5, 1e-5, 0.9, 0.49998901406923457)]
    [InlineData(2, 3, 0.01, 0.99940797)]
    [InlineData(2, 3, 0.99, 3.97000000000001e-6)]
    [InlineData(0.01, 50, 0.05, 0.0002407288170446412)]
    [InlineData(50, 0.01, 0.95, 0.9997592711829554)]
    [InlineData(8.9, 7.5, 0.35, 0.9431552903858357)]
    [InlineData(100, 200, 0.4, 0.00831553507391387)]
    [InlineData(100000.0, 200000.0, 0.337, 1.0546904987460734e-5)]
    [InlineData(5, 10000000.0, 3e-6, 3.6241398872287232e-9)]
    [InlineData(1e-9, 1.0, 0.01, 4.6051701753842955e-9)]
    public void BetaRegularizedComplement_PointsOfEveryRegion_AgreesWithReference(double a, double b, double x, double expected) =>
        SpecialAssert.Close(expected, Special.BetaRegularizedComplement(a, b, x), 1e-12);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(30, 40, 1e-20, -1336.6505040821735)]
    [InlineData(2000, 3000, 0.1, -1560.8807709891364)]
    [InlineData(0.5, 0.5, 0.3, -0.9969312110207781)]
    [InlineData(500, 0.5, 0.01, -2306.259996898808)]
    public void LogBetaRegularized_PointsOfEveryRegion_AgreesWithReference(double a, double b, double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogBetaRegularized(a, b, x), 1e-13);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(0.5, 0.5, 0.1, 0.0244717418524232)]
    [InlineData(1.0, 3.0, 0.7, 0.3305670499178304)]
    [InlineData(2.0, 2.0, 0.5, 0.5)]
    [InlineData(10.0, 1.0, 0.99, 0.99899547129175)]
    [InlineData(100.0, 200.0, 0.3, 0.3187882333937082)]
    [InlineData(3.0, 0.2, 0.001, 0.21443070100102032)]
    public void BetaRegularizedInverse_ScipyValues_AgreesWithReference(double a, double b, double p, double expected) =>
        SpecialAssert.Close(expected, Special.BetaRegularizedInverse(a, b, p), 1e-12);


    [Theory]
    [InlineData(2.0, 3.0, 0.0, 0.0)]
    [InlineData(2.0, 3.0, 1.0, 1.0)]
    [InlineData(0.0, 3.0, 0.5, double.NaN)]
    [InlineData(2.0, -1.0, 0.5, double.NaN)]
    [InlineData(2.0, 3.0, 1.5, double.NaN)]
    [InlineData(2.0, 3.0, -0.5, double.NaN)]
    [InlineData(2.0, 3.0, double.NaN, double.NaN)]
    public void BetaRegularized_EndsAndOutside_AreDecided(double a, double b, double x, double expected)
    {
        Assert.Equal(expected, Special.BetaRegularized(a, b, x));
        Assert.Equal(1 - expected, Special.BetaRegularizedComplement(a, b, x));
    }

    [Fact]
    public void BetaInverse_OfBetaRegularized_ReturnsBothArguments()
    {
        double[] shapes = [0.05, 0.4, 1, 2.5, 30, 1e3, 1e6];
        foreach (double a in shapes)
        {
            foreach (double b in shapes)
            {
                foreach (double z in new[] { -6.0, -2, 0, 1, 5 })
                {
                    double odds = a / b * Math.Exp(z * Math.Sqrt(1 / (a + 1) + 1 / (b + 1)));
                    double x = odds / (1 + odds);
                    double y = 1 / (1 + odds);
                    (double p, double q) = Special.IncompleteBeta(a, b, x, y);
                    double density = Math.Exp(a * Math.Log(x) + b * Math.Log(y) - Special.LogBeta(a, b));
                    double condition = Math.Min(p, q) / density;
                    if (condition < 1e2 && Math.Min(p, q) > 1e-290)
                    {
                        (double xi, double yi) = Special.BetaInverse(a, b, p, q);
                        double tolerance = 1e-12 * Math.Max(1, condition);
                        SpecialAssert.Close(x, xi, tolerance);
                        SpecialAssert.Close(y, yi, tolerance);
                    }
                }
            }
        }
    }

    [Fact]
    public void BetaRegularizedInverse_EndsAndOutside_AreDecided()
    {
        Assert.Equal(0, Special.BetaRegularizedInverse(2, 3, 0));
        Assert.Equal(1, Special.BetaRegularizedInverse(2, 3, 1));
        Assert.Equal(double.NaN, Special.BetaRegularizedInverse(2, 3, 1.1));
        Assert.Equal(double.NaN, Special.BetaRegularizedInverse(0, 3, 0.5));

        // I_x(1, b) = 1 − (1 − x)^b.
        SpecialAssert.Close(1e-250, Special.BetaRegularizedInverse(1, 1, 1e-250), 1e-14);
        SpecialAssert.Close(1 - Math.Pow(0.3, 1 / 4.0), Special.BetaRegularizedInverse(1, 4, 0.7), 1e-14);
    }
}
