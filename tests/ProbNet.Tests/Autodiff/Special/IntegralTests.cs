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
    [InlineData(0.999, 0.21975218202294455)]
    [InlineData(1.001, 0.2190164225274689)]
    [InlineData(30.0, 3.0215520106888124e-15)]
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
    [InlineData(0.99, 0.5387945468144979)]
    [InlineData(1.01, 0.5372720839445048)]
    [InlineData(6.9, 0.07325012025863538)]
    [InlineData(6.99, 0.07228646679702402)]
    [InlineData(7.01, 0.07207579342851982)]
    [InlineData(-100.0, -0.005000250037509378)]
    public void Dawson_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Dawson(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits; for large x the cancelling terms of the recurrence are not used.
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 0.5755636164979777)]
    [InlineData(-3.0, -0.06962618366334973)]
    [InlineData(6.9, -0.010851659569168347)]
    [InlineData(7.1, -0.010229562139533134)]
    [InlineData(10000.0, -5.000000075000002e-9)]
    public void DawsonDerivative_First_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.DawsonDerivative(1, x), 3e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, -1.4244363835020224)]
    [InlineData(-3.0, -0.06121504075898177)]
    [InlineData(7.1, 0.0029739285589010477)]
    [InlineData(10000.0, 1.000000030000001e-12)]
    public void DawsonDerivative_Second_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.DawsonDerivative(2, x), 2e-12);

    // Source: mpmath 1.3.0, 60 digits (quadrature of the defining integral).
    [Theory]
    [InlineData(30.0, 0.3, 2.4533569635740936e-198)]
    [InlineData(0.001, 1.0, 0.12499992042255498)]
    [InlineData(38.0, 0.001, 4.376226e-318)]
    public void OwensT_FarTail_AgreesWithReference(double h, double a, double expected) =>
        SpecialAssert.Close(expected, Special.OwensT(h, a), 1e-14);

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
        Assert.Equal(0, Special.DawsonDerivative(1, double.PositiveInfinity));
        Assert.Equal([0.0, 0, 0], new[] { 0.5, 5, double.PositiveInfinity }.Select(a => Special.OwensT(double.PositiveInfinity, a)));
        Assert.Equal([0.0, 0, 0.25], [Special.OwensT(1e200, 0.5), Special.OwensT(double.PositiveInfinity, 0), Special.OwensT(0, double.PositiveInfinity)]);
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
