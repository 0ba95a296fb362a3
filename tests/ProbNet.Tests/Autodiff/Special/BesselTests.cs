using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class BesselTests
{
    // Two sums and an exponential, a few units in the last place each.
    private const double Tolerance = 5e-15;
    private const double LargeTolerance = 1e-13;

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(0.001, 1.0000002500000156)]
    [InlineData(-2.5, 3.289839144050123)]
    [InlineData(7.99, 423.5842036746737)]
    [InlineData(8.01, 431.5817860520924)]
    [InlineData(100.0, 1.0737517071310738e42)]
    [InlineData(-713.0, 6.705128263670996e307)]
    public void BesselI0_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI0(x), 2e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.48150177484624906, 1.0588062873681887)]
    [InlineData(-1.066331589663999, 1.305117061564581)]
    [InlineData(-0.9242903832080218, 1.225256356323424)]
    [InlineData(3.1154919590212398, 5.361982959007268)]
    [InlineData(-1.9428615783236802, 2.191083525468478)]
    [InlineData(-0.8719117081524931, 1.199280954066601)]
    [InlineData(-2.7008204647144844, 3.8441265037964656)]
    [InlineData(0.3, 1.0226268793515967)]
    [InlineData(-0.7, 1.1263030183068092)]
    [InlineData(2.5, 3.289839144050123)]
    [InlineData(-3.1, 5.294491489675607)]
    public void BesselI0_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI0(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-300, 5e-301)]
    [InlineData(0.001, 0.0005000000625000026)]
    [InlineData(-2.5, -2.5167162452886984)]
    [InlineData(7.99, 396.1152262074013)]
    [InlineData(8.01, 403.6669399977041)]
    [InlineData(100.0, 1.0683693903381625e42)]
    [InlineData(-713.0, -6.700424559186402e307)]
    public void BesselI1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI1(x), 2e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(0.871046670309128, 0.4781551286466086)]
    [InlineData(-1.3112952828616553, -0.8070366044337433)]
    [InlineData(1.2207504323148124, 0.7313585692943095)]
    [InlineData(-1.17915905810398, -0.6981611265169188)]
    [InlineData(-0.30378768373277765, -0.15365282021121712)]
    [InlineData(0.826318294362724, 0.4494400151851434)]
    public void BesselI1_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI1(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(7.99, 0.14352476537933484)]
    [InlineData(-8.01, 0.14333897941113852)]
    [InlineData(1000.0, 0.012617240455891257)]
    [InlineData(100000.0, 0.0012615678379767768)]
    public void BesselI0e_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI0e(x), 2e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(-1.2514941414509684, 0.4095473545419089)]
    [InlineData(1.3015695028754994, 0.4001377389229723)]
    [InlineData(1.1984683957376796, 0.42009560021232595)]
    [InlineData(-0.1051011463783694, 0.9027212306899923)]
    [InlineData(0.28278150299950905, 0.7688270838832918)]
    [InlineData(-0.9709127885256097, 0.4733918255104925)]
    [InlineData(0.8011108286515372, 0.5237830136027861)]
    [InlineData(0.3, 0.7575806251825477)]
    [InlineData(-0.7, 0.5593055265070683)]
    [InlineData(2.5, 0.27004644161220276)]
    [InlineData(-3.1, 0.23851261868936574)]
    public void BesselI0e_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI0e(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-8, 4.99999995e-9)]
    [InlineData(7.99, 0.134217339578281)]
    [InlineData(-8.01, -0.13406776900984482)]
    [InlineData(1000.0, 0.012610930256928629)]
    [InlineData(100000.0, 0.0012615615301218171)]
    public void BesselI1e_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI1e(x), 2e-15);

    // Source: PyTorch 1.13, float64.
    [Theory]
    [InlineData(-0.081949799814555, -0.037782621031402966)]
    [InlineData(-0.8698888992772162, -0.2000309103547613)]
    [InlineData(0.39284983902212267, 0.13518715806740308)]
    [InlineData(-2.4140728785698737, -0.20821703445120185)]
    [InlineData(0.4861697236145642, 0.1539521653679248)]
    [InlineData(0.44427439050957496, 0.1459979579570372)]
    [InlineData(-1.2522191907590248, -0.21643664260381684)]
    [InlineData(0.3, 0.11237756063983881)]
    [InlineData(-0.7, -0.18466998276274726)]
    [InlineData(2.5, 0.20658464953126654)]
    [InlineData(-3.1, -0.19489213092067997)]
    public void BesselI1e_TorchValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselI1e(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(1e-8, 2.5e-17)]
    [InlineData(0.5, 0.06154971918548131)]
    [InlineData(0.9999, 0.23586972128235656)]
    [InlineData(1.0001, 0.23595899927546107)]
    [InlineData(8.0, 6.058104255427814)]
    [InlineData(10000.0, 9994.475903781433)]
    public void LogBesselI0_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.LogBesselI0(x), 2e-15);

    // Source: scipy.special 1.10.1, which is 4.6e-15 off at 50 (mpmath: 0.0558123276692518).
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.5, 0.938469807240813)]
    [InlineData(1.0, 0.7651976865579665)]
    [InlineData(10.0, -0.24593576445134832)]
    [InlineData(50.0, 0.055812327669252086)]
    public void BesselJ0_ScipyValues_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselJ0(x), 1e-14);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.01, 99.97389411829624)]
    [InlineData(1.0, 0.6019072301972346)]
    [InlineData(2.5, 0.07389081634774707)]
    [InlineData(30.0, 2.1677320018915495e-14)]
    public void BesselK1_PointsOfEveryRegion_AgreesWithReference(double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselK1(x), 2e-15);

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.5, 2.0, 0.27692804543535515)]
    [InlineData(2.3, 0.1, 0.0003434306709274743)]
    [InlineData(7.7, 60.0, 0.031380238763616994)]
    [InlineData(20.0, 5.0, 3.3853058504733225e-13)]
    public void BesselIe_PointsOfEveryRegion_AgreesWithReference(double nu, double x, double expected) =>
        SpecialAssert.Close(expected, Special.BesselIe(nu, x), 5e-14);

    [Fact]
    public void BesselI_AtInfinityAndNaN_TakeTheLimits()
    {
        Assert.Equal(0, Special.BesselI0e(double.PositiveInfinity));
        Assert.Equal(0, Special.BesselI1e(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, Special.LogBesselI0(double.NegativeInfinity));
        Func<double, double>[] all = [Special.BesselI0, Special.BesselI1, Special.BesselI0e, Special.BesselI1e, Special.LogBesselI0];
        Assert.All(all, f => Assert.Equal(double.NaN, f(double.NaN)));
    }

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
