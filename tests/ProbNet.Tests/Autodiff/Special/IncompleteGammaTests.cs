using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class IncompleteGammaTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-8, 0.001, 0.9999999366846083)]
    [InlineData(0.1, 0.5, 0.9414024458901336)]
    [InlineData(0.5, 1e-10, 1.1283791670579e-5)]
    [InlineData(3, 2.5, 0.45618688411667047)]
    [InlineData(19.9, 15, 0.1297029833311471)]
    [InlineData(20.1, 15, 0.11999968890752974)]
    [InlineData(50, 2, 5.214301903317168e-51)]
    [InlineData(100, 95, 0.3173568111698)]
    [InlineData(1000000.0, 999000, 0.15865521357430365)]
    [InlineData(1000000.0, 1002000, 0.9771959041012301)]
    public void GammaP_PointsOfEveryRegion_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaP(a, x), 1e-13);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(1.0448400148543382, 5.005030954814408, 0.9925600970583581)]
    [InlineData(5.318905704887031, 3.361422300054455, 0.2023643800503885)]
    [InlineData(1.9900148586487123, 0.5265204696048388, 0.09995860899263626)]
    [InlineData(1.465790368162648, 6.750970984280668, 0.996577931163009)]
    [InlineData(5.053116136034724, 5.721869866107085, 0.6673803828421467)]
    [InlineData(5.270813635614573, 3.5085480899666193, 0.2342736906501392)]
    public void GammaP_TorchValues_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaP(a, x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-8, 0.001, 6.331539171908876e-8)]
    [InlineData(1e-8, 5, 1.1482956181107866e-11)]
    [InlineData(0.1, 0.5, 0.05859755410986648)]
    [InlineData(0.5, 200, 5.5072482372124675e-89)]
    [InlineData(3, 2.5, 0.5438131158833295)]
    [InlineData(19.9, 25, 0.12895435522699322)]
    [InlineData(20.1, 25, 0.1382999142715492)]
    [InlineData(50, 200, 1.6927979958857087e-37)]
    [InlineData(100, 105, 0.29975465760884373)]
    [InlineData(1000000.0, 999000, 0.8413447864256963)]
    [InlineData(1000000.0, 1002000, 0.022804095898769864)]
    public void GammaQ_PointsOfEveryRegion_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaQ(a, x), 1e-13);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(4.308302757379985, 2.557134892674308, 0.7963979418457745)]
    [InlineData(1.3911770777847605, 7.912225919602612, 0.0009693471356529269)]
    [InlineData(1.980032991965545, 0.5079206486663677, 0.9042708300710834)]
    [InlineData(4.413897235260288, 5.4192007167243395, 0.27324348502737233)]
    [InlineData(0.9559219471054536, 5.705307806713993, 0.002980043410711911)]
    [InlineData(1.098321734295195, 1.7361077301075083, 0.20337759275484876)]
    public void GammaQ_TorchValues_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaQ(a, x), 1e-14);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(0.001, 50.0, 3.800356221932499e-27)]
    [InlineData(1000.0, 1100.0, 0.0010593232539299773)]
    [InlineData(100000.0, 101000.0, 0.0008084215129255896)]
    [InlineData(0.5, 300.0, 1.674167984691805e-132)]
    [InlineData(50.0, 200.0, 1.6927979958857254e-37)]
    public void GammaQ_ScipyValues_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaQ(a, x), 1e-12);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, 1e-10, -11.392143227368317)]
    [InlineData(100, 0.001, -1054.515893552739)]
    [InlineData(2000, 1000, -390.32164189110273)]
    [InlineData(2000, 1500, -78.70318315911051)]
    [InlineData(3, 1000, -0.0)]
    public void LogGammaP_PointsOfEveryRegion_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogGammaP(a, x), 1e-13);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, 1e-10, -1.1283855333035136e-5)]
    [InlineData(0.5, 2000, -2004.3730660166382)]
    [InlineData(10, 5000, -4936.1452874965435)]
    [InlineData(2000, 6000, -1808.1883760165267)]
    [InlineData(2000, 2700, -103.46586820076638)]
    [InlineData(100, 0.001, -0.0)]
    public void LogGammaQ_PointsOfEveryRegion_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogGammaQ(a, x), 1e-13);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(0.5, 0.1, 0.00789538704671561)]
    [InlineData(1.0, 0.7, 1.203972804325936)]
    [InlineData(2.0, 0.5, 1.6783469900166612)]
    [InlineData(10.0, 0.99, 18.783117393312533)]
    [InlineData(100.0, 0.3, 94.52429935888071)]
    [InlineData(3.0, 0.001, 0.1905333775684032)]
    public void GammaPInverse_ScipyValues_AgreesWithReference(double a, double p, double expected) =>
        SpecialAssert.Close(expected, Special.GammaPInverse(a, p), 1e-13);


    [Theory]
    [InlineData(2.0, 0.0, 0.0)]
    [InlineData(2.0, double.PositiveInfinity, 1.0)]
    [InlineData(0.0, 3.0, 1.0)]
    [InlineData(double.PositiveInfinity, 3.0, 0.0)]
    [InlineData(-1.0, 3.0, double.NaN)]
    [InlineData(1.0, -3.0, double.NaN)]
    [InlineData(0.0, 0.0, double.NaN)]
    [InlineData(double.NaN, 1.0, double.NaN)]
    public void GammaP_EndsAndOutside_AreDecided(double a, double x, double expected)
    {
        Assert.Equal(expected, Special.GammaP(a, x));
        Assert.Equal(1 - expected, Special.GammaQ(a, x));
    }

    [Fact]
    public void GammaPInverse_OfGammaP_ReturnsTheArgument()
    {
        foreach (double a in new[] { 1e-2, 0.3, 1, 4.5, 19, 21, 300, 1e5, 1e9 })
        {
            foreach (double z in new[] { -8.0, -3, -1, 0, 1, 3, 8 })
            {
                double x = a * Math.Exp(z / Math.Sqrt(a + 1));
                (double p, double q) = (Special.GammaP(a, x), Special.GammaQ(a, x));
                double inverse = p < 0.5 ? Special.GammaPInverse(a, p) : Special.GammaQInverse(a, q);

                // The condition number of the inverse is tail / (x · density); a point where it exceeds 1e3 says nothing.
                double condition = Math.Min(p, q) / (x * Math.Exp((a - 1) * Math.Log(x) - x - Special.LogGamma(a)));
                if (condition < 1e3 && Math.Min(p, q) > 1e-290)
                {
                    SpecialAssert.Close(x, inverse, 2e-13 * Math.Max(1, condition));
                }
            }
        }
    }

    [Fact]
    public void GammaInverses_EndsAndOutside_AreDecided()
    {
        Assert.Equal(0, Special.GammaPInverse(2, 0));
        Assert.Equal(double.PositiveInfinity, Special.GammaPInverse(2, 1));
        Assert.Equal(double.PositiveInfinity, Special.GammaQInverse(2, 0));
        Assert.Equal(double.NaN, Special.GammaPInverse(2, 1.5));
        Assert.Equal(double.NaN, Special.GammaPInverse(-2, 0.5));
        Assert.Equal(double.NaN, Special.GammaPInverse(2, double.NaN));

        // Q(½, x) = erfc(√x), so x = erfc⁻¹(q)².
        SpecialAssert.Close(Math.Pow(Special.ErfcInv(1e-300), 2), Special.GammaQInverse(0.5, 1e-300), 1e-14);
    }
}
