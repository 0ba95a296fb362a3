using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ErrorFunctionTests
{
    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 1.1283791670955126e-300)]
    [InlineData(-0.001, -0.0011283787909692365)]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(0.9999, 0.8426592780487595)]
    [InlineData(1.0001, 0.8427422995485203)]
    [InlineData(-2.5, -0.999593047982555)]
    [InlineData(5.9, 0.9999999999999999)]
    public void Erf_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erf(x), 1e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(1.2304228676657467, 0.9181551525459576)]
    [InlineData(0.5032435231751806, 0.5233456019053732)]
    [InlineData(-1.6044834443175506, -0.9767366752840205)]
    [InlineData(0.07606357388346834, 0.08566331390326033)]
    [InlineData(-1.3886963102652308, -0.9504598360898839)]
    [InlineData(-1.7344315208547512, -0.9858273166806685)]
    [InlineData(-800.0, -1.0)]
    [InlineData(-50.0, -1.0)]
    [InlineData(-20.0, -1.0)]
    [InlineData(-0.001, -0.0011283787909692365)]
    [InlineData(1e-9, 1.1283791670955127e-9)]
    [InlineData(0.001, 0.0011283787909692365)]
    [InlineData(20.0, 1.0)]
    [InlineData(50.0, 1.0)]
    [InlineData(800.0, 1.0)]
    public void Erf_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erf(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-5, 1.9999999999984626)]
    [InlineData(-0.5, 1.5204998778130465)]
    [InlineData(1e-5, 0.9999887162083294)]
    [InlineData(0.4999, 0.4795880048386134)]
    [InlineData(0.5001, 0.4794122483231193)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(3.3, 3.0577097964381654e-6)]
    [InlineData(10, 2.088487583762545e-45)]
    [InlineData(26.5, 2.2109076642637343e-307)]
    public void Erfc_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erfc(x), 1e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.1812862846644677, 0.7976593424689914)]
    [InlineData(-0.6226681371279187, 1.6214579119334942)]
    [InlineData(1.176491882887447, 0.0961502496671931)]
    [InlineData(1.540255932460951, 0.0293873677268599)]
    [InlineData(-0.28372125688655514, 1.3117583696726707)]
    [InlineData(0.5901917640718795, 0.4039107478662305)]
    [InlineData(-0.5888251161469739, 1.5949998566278545)]
    [InlineData(0.3, 0.6713732405408726)]
    [InlineData(-0.7, 1.6778011938374184)]
    [InlineData(2.5, 0.0004069520174449589)]
    [InlineData(-3.1, 1.9999883513426329)]
    [InlineData(1.5227155084092872, 0.031283728209996725)]
    [InlineData(-0.7311156651750262, 1.6988421863118022)]
    [InlineData(-0.7113093862248833, 1.6855571933010385)]
    [InlineData(0.6963823187549001, 0.3247059510128848)]
    [InlineData(-2.06987093475254, 1.9965801463650032)]
    [InlineData(1.6853784047747444, 0.017149583465089664)]
    public void Erfc_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erfc(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-26, 7.657724931490568e293)]
    [InlineData(-3.3, 107274.43593281436)]
    [InlineData(-0.001, 1.0011293799198486)]
    [InlineData(0, 1.0)]
    [InlineData(0.7, 0.525930337349441)]
    [InlineData(3.75, 0.14558972127503855)]
    [InlineData(25, 0.02254957243264136)]
    [InlineData(99, 0.005698593997027871)]
    public void Erfcx_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erfcx(x), 1e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.4351895332238266, 0.6504900456870788)]
    [InlineData(0.651999522825335, 0.5453459578119153)]
    [InlineData(-0.40084578802086096, 1.6783244242768394)]
    [InlineData(0.9018649595221297, 0.45596044076044623)]
    [InlineData(-0.019009544604327275, 1.0218165704215711)]
    [InlineData(-1.8452431898384762, 59.95093476281325)]
    public void Erfcx_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.Erfcx(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 8.86226925452758e-301)]
    [InlineData(1e-9, 8.86226925452758e-10)]
    [InlineData(0.1, 0.08885599049425769)]
    [InlineData(-0.85, -1.0179024648320276)]
    [InlineData(0.8501, 1.018152291584008)]
    [InlineData(0.999, 2.3267537655135246)]
    [InlineData(-0.9999999999, -4.572824958544925)]
    [InlineData(0.999999999999, 5.042031898572696)]
    [InlineData(-0.9999999999999999, -5.8635847487551676)]
    public void ErfInv_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.ErfInv(x), 1e-15);

    // Source: PyTorch 1.13, float64. Not its values beyond |x| = 0.9: its two Newton steps in erf lose digits there (5e-7 at 1 − 1e-12).
    [Theory]
    [InlineData(-1e-12, -8.86226925452758e-13)]
    [InlineData(0.0, 0.0)]
    [InlineData(1e-6, 8.8622692545299e-7)]
    [InlineData(0.5, 0.4769362762044699)]
    public void ErfInv_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.ErfInv(x), 1e-15);

    // Source: scipy.special 1.10.1.
    [Theory]
    [InlineData(1e-300, 26.209469960516124)]
    [InlineData(1e-100, 15.065574702592647)]
    [InlineData(1e-10, 4.572824967389486)]
    [InlineData(0.5, 0.4769362762044699)]
    [InlineData(1.0, -0.0)]
    [InlineData(1.9, -1.1630871536766738)]
    [InlineData(1.999999999999, -5.042021094113473)]
    public void ErfcInv_ScipyValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.ErfcInv(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-37.5, 4.605353009581955e-308)]
    [InlineData(-20, 2.7536241186062337e-89)]
    [InlineData(-5.5, 1.8989562465887718e-8)]
    [InlineData(-1.0001, 0.15863105806885877)]
    [InlineData(-0.9999, 0.1586794522137626)]
    [InlineData(1e-8, 0.5000000039894228)]
    [InlineData(0.7, 0.758036347776927)]
    [InlineData(2.5, 0.9937903346742238)]
    [InlineData(8.2, 0.9999999999999999)]
    public void NormalCdf_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalCdf(x), 1e-15);

    // Source: PyTorch 1.13, float64. Not its value at −20, where it underflows to 0.
    [Theory]
    [InlineData(-0.7630002407475633, 0.22273162614153075)]
    [InlineData(1.5679065331216877, 0.9415485265521257)]
    [InlineData(0.41001468552536374, 0.6591024125928681)]
    [InlineData(1.068644142800832, 0.857384975146898)]
    [InlineData(-0.26200093448394135, 0.3966603608677097)]
    [InlineData(0.3199140310989774, 0.6254832494373634)]
    [InlineData(-0.001, 0.49960105778608893)]
    [InlineData(1e-9, 0.5000000003989423)]
    [InlineData(0.001, 0.500398942213911)]
    [InlineData(20.0, 1.0)]
    [InlineData(50.0, 1.0)]
    [InlineData(800.0, 1.0)]
    public void NormalCdf_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalCdf(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-1e100, -5e199)]
    [InlineData(-10000.0, -50000010.12927891)]
    [InlineData(-40, -804.6084420137538)]
    [InlineData(-5.5, -17.77937635262526)]
    [InlineData(-1.0001, -1.8411741625414106)]
    [InlineData(-0.9999, -1.8408691354861395)]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(1.5, -0.06914345561223398)]
    [InlineData(9, -1.1285884059538405e-19)]
    [InlineData(20, -2.7536241186062337e-89)]
    [InlineData(38, -2.88542835e-316)]
    public void NormalLogCdf_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalLogCdf(x), 1e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.31510210877289374, -0.47215323996479114)]
    [InlineData(-0.46459336668401463, -1.135967357054243)]
    [InlineData(0.1531872825284557, -0.5782577374184914)]
    [InlineData(-3.3230637179975226, -7.717047871019673)]
    [InlineData(0.8691638669272794, -0.2136620851888491)]
    [InlineData(-1.1643353479310738, -2.102554041821417)]
    [InlineData(1.0008876463917376, -0.17249863780058328)]
    [InlineData(0.3, -0.48141016158848127)]
    [InlineData(-0.7, -1.4189677615315315)]
    [InlineData(2.5, -0.006229025485860001)]
    [InlineData(-3.1, -6.940688458421228)]
    [InlineData(-0.09550845873527848, -0.7722867433256118)]
    [InlineData(-0.48404994750376956, -1.157804451826982)]
    [InlineData(-0.05327319397541129, -0.7365618686524493)]
    [InlineData(0.597239415634444, -0.32182334039367105)]
    [InlineData(-0.3575940220234874, -1.020752828143006)]
    [InlineData(-0.6345353546696693, -1.336111830681995)]
    public void NormalLogCdf_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalLogCdf(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-10000.0, 10000.000099999997)]
    [InlineData(-30, 30.033259667433676)]
    [InlineData(-1, 1.525135276160981)]
    [InlineData(0, 0.7978845608028654)]
    [InlineData(1, 0.2875999709391784)]
    [InlineData(12, 2.1463837356630605e-32)]
    [InlineData(37, 2.1200065515246056e-298)]
    public void NormalLogCdfDerivative_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalLogCdfDerivative(x), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-20, -9.262340089798407)]
    [InlineData(0.001, -3.0902323061678136)]
    [InlineData(0.07, -1.4757910281791706)]
    [InlineData(0.08, -1.4050715603096327)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.5000001, 2.506628273311648e-7)]
    [InlineData(0.93, 1.475791028179171)]
    [InlineData(0.999999, 4.753424308817087)]
    public void NormalQuantile_PointsOfEveryRegion_AgreesWithReference(double p, double expected) =>
        SpecialAssert.Close(expected, Special.NormalQuantile(p), 1e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(-100000000.0, -14142.134882976301)]
    [InlineData(-1000.0, -44.6157477319694)]
    [InlineData(-300, -24.32643890656559)]
    [InlineData(-40, -8.592675718473773)]
    [InlineData(-2.5, -1.3911828143255685)]
    public void NormalLogQuantile_PointsOfEveryRegion_AgreesWithReference(double p, double expected) =>
        SpecialAssert.Close(expected, Special.NormalLogQuantile(p), 1e-15);


    [Fact]
    public void ErrorFunctions_AtInfinityAndNaN_TakeTheLimits()
    {
        Assert.Equal(1, Special.Erf(double.PositiveInfinity));
        Assert.Equal(-1, Special.Erf(double.NegativeInfinity));
        Assert.Equal(0, Special.Erfc(double.PositiveInfinity));
        Assert.Equal(2, Special.Erfc(double.NegativeInfinity));
        Assert.Equal(0, Special.Erfcx(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, Special.Erfcx(double.NegativeInfinity));
        Assert.Equal(0, Special.NormalCdf(double.NegativeInfinity));
        Assert.Equal(1, Special.NormalCdf(double.PositiveInfinity));
        Assert.Equal(double.NegativeInfinity, Special.NormalLogCdf(double.NegativeInfinity));
        Assert.Equal(0, Special.NormalLogCdf(double.PositiveInfinity));
        Func<double, double>[] all =
        [
            Special.Erf, Special.Erfc, Special.Erfcx, Special.NormalCdf, Special.NormalLogCdf, Special.NormalLogCdfDerivative,
            Special.ErfInv, Special.ErfcInv, Special.NormalQuantile, Special.NormalLogQuantile,
        ];
        Assert.All(all, f => Assert.Equal(double.NaN, f(double.NaN)));
    }

    [Fact]
    public void Erf_NegativeZero_KeepsItsSign() => Assert.True(double.IsNegative(Special.Erf(-0.0)));

    [Theory]
    [InlineData(-1.0, double.NegativeInfinity)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(0.0, 0.0)]
    [InlineData(1.5, double.NaN)]
    [InlineData(-1.5, double.NaN)]
    public void ErfInv_EndsAndOutside_AreDecided(double x, double expected) => Assert.Equal(expected, Special.ErfInv(x));

    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(2.0, double.NegativeInfinity)]
    [InlineData(-0.1, double.NaN)]
    [InlineData(2.1, double.NaN)]
    public void ErfcInv_EndsAndOutside_AreDecided(double x, double expected) => Assert.Equal(expected, Special.ErfcInv(x));

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(0.5, 0.0)]
    [InlineData(-0.1, double.NaN)]
    [InlineData(1.1, double.NaN)]
    public void NormalQuantile_EndsAndOutside_AreDecided(double p, double expected) => Assert.Equal(expected, Special.NormalQuantile(p));

    [Theory]
    [InlineData(0.0, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(0.1, double.NaN)]
    public void NormalLogQuantile_EndsAndOutside_AreDecided(double logP, double expected) =>
        Assert.Equal(expected, Special.NormalLogQuantile(logP));

    // mpmath with 200 digits.
    [Theory]
    [InlineData(1, -3, -97237.061503164615265)]
    [InlineData(2, -0.5, 6.9854606346431838537)]
    [InlineData(1, 0.7, -0.39207669480629525639)]
    [InlineData(2, 1.5, 0.15230207971095480421)]
    [InlineData(3, 2, -0.092763826585746017795)]
    [InlineData(2, 2.5, 0.049875994173313807991)]
    [InlineData(3, 7, -0.001279776258018869895)]
    [InlineData(2, 100, 1.1280407802288336126e-6)]
    [InlineData(1, 1e10, -5.6418958354775628694e-21)]
    public void ErfcxDerivative_PointsOfEveryRegion_AgreesWithReference(int order, double x, double expected) =>
        SpecialAssert.Close(expected, Special.ErfcxDerivative(order, x), 3e-14);

    // mpmath with 300 digits.
    [Theory]
    [InlineData(-1e9, -1)]
    [InlineData(-1000, -0.99999900000599995)]
    [InlineData(-20, -0.9975367383849478364)]
    [InlineData(-3, -0.92944081321473188314)]
    [InlineData(-1.4, -0.84184802474244047799)]
    [InlineData(0, -0.63661977236758134308)]
    [InlineData(2, -0.11354805168857644979)]
    [InlineData(10, -7.6945986267064193463e-22)]
    public void NormalLogCdfSecondDerivative_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.NormalLogCdfSecondDerivative(x), 1e-14);
}
