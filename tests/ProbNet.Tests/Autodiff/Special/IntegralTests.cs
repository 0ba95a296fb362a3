using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class IntegralTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 690.1983122333122)]
    [InlineData(1e-5, 10.935719800043696)]
    [InlineData(0.9999, 0.2194207260187384)]
    [InlineData(1.0001, 0.219347150129891)]
    [InlineData(3.3, 0.00893904254203214)]
    [InlineData(50.0, 3.783264029550459e-24)]
    [InlineData(700.0, 1.406518766234033e-307)]
    public void ExpIntegralE1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.ExpIntegralE1(x), 1e-14);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(0.01, 4.037929576538113)]
    [InlineData(0.5, 0.5597735947761608)]
    [InlineData(1.0, 0.21938393439552062)]
    [InlineData(10.0, 4.156968929685325e-6)]
    public void ExpIntegralE1_ScipyValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.ExpIntegralE1(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-0.3, -0.28263166502131193)]
    [InlineData(0.92, 0.5410349328027315)]
    [InlineData(3.0, 0.1782710306105583)]
    [InlineData(6.99, 0.07228646679702402)]
    [InlineData(7.01, 0.07207579342851982)]
    [InlineData(-100.0, -0.005000250037509378)]
    public void Dawson_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Dawson(x), 1e-14);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(0.0, 0.5, 0.07379180882521663)]
    [InlineData(0.5, 1.0, 0.10667106296144852)]
    [InlineData(-1.0, 3.0, 0.0792995047488726)]
    [InlineData(5.0, 0.2, 1.0034084636358133e-7)]
    [InlineData(2.0, -10.0, -0.011375065974089608)]
    public void OwensT_ScipyValues_AgreesWithReference(double h, double a, double expected) =>
        SpecialAssert.Close(expected, Special.OwensT(h, a), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-0.05, -0.05270598355154635)]
    [InlineData(-0.2, -0.25917110181907377)]
    [InlineData(-0.36, -0.8060843159708176)]
    [InlineData(-0.3678, -0.9793607149578305)]
    [InlineData(0.09, 0.08284448574644161)]
    [InlineData(0.11, 0.0995744780921998)]
    [InlineData(0.99, 0.5635135549729011)]
    [InlineData(1.01, 0.5707515713308675)]
    [InlineData(2.5, 0.958586356728703)]
    [InlineData(1000.0, 5.249602852401596)]
    [InlineData(1e300, 684.2472086297608)]
    public void LambertW_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.LambertW(x), 1e-14);


    [Fact]
    public void Integrals_EndsAndOutside_AreDecided()
    {
        Assert.Equal(double.PositiveInfinity, Special.ExpIntegralE1(0));
        Assert.Equal(0, Special.ExpIntegralE1(double.PositiveInfinity));
        Assert.Equal(double.NaN, Special.ExpIntegralE1(-1));
        Assert.Equal(0, Special.Dawson(double.PositiveInfinity));
        Assert.Equal(-1, Special.LambertW(-1 / Math.E), 1e-7);
        Assert.Equal(double.NaN, Special.LambertW(-0.4));
        Assert.Equal(double.PositiveInfinity, Special.LambertW(double.PositiveInfinity));
        Func<double, double>[] all =
        [
            Special.ExpIntegralE1, Special.Dawson, Special.LambertW, x => Special.OwensT(x, 1), x => Special.OwensT(1, x),
        ];
        Assert.All(all, f => Assert.Equal(double.NaN, f(double.NaN)));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2.0)]
    [InlineData(12.0)]
    public void OwensT_KnownSlopes_HaveTheirClosedForms(double h)
    {
        // T(h, 1) = Φ(h) Φ(−h)/2, T(h, ∞) = Φ(−h)/2, T(0, a) = arctan(a)/2π (Owen 1956).
        SpecialAssert.Close(0.5 * Special.NormalCdf(h) * Special.NormalCdf(-h), Special.OwensT(h, 1), 1e-14);
        SpecialAssert.Close(0.5 * Special.NormalCdf(-h), Special.OwensT(-h, double.PositiveInfinity), 1e-14);
        SpecialAssert.Close(Math.Atan(h) / (2 * Math.PI), Special.OwensT(0, h), 1e-14);
    }
}
