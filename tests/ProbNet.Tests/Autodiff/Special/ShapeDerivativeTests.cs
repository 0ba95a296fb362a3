using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Autodiff;

public class ShapeDerivativeTests
{
    // The functions themselves carry the rounding of their prefactors, some units in the last place times the exponent.
    private const double Tolerance = 2e-13;

    // Source: mpmath 1.3.0, 60 digits.
    [Theory]
    [InlineData(0.001, 1e-5, -10.81839829908634)]
    [InlineData(0.01, 3.0, -0.013547187572805137)]
    [InlineData(0.7, 0.5, -0.5994835006943927)]
    [InlineData(1, 1, -0.4317297106348987)]
    [InlineData(5.5, 12, -0.012513317966054207)]
    [InlineData(19.9, 19, -0.08999130387473922)]
    [InlineData(20.1, 20, -0.08955488669538884)]
    [InlineData(20.1, 20.1, -0.08935423672489845)]
    [InlineData(300, 250, -0.0002300431820719598)]
    [InlineData(300, 340, -0.0018643485627999959)]
    [InlineData(500, 100.0, -6.135653495678038e-178)]
    [InlineData(30, 80.0, -4.983885779415345e-11)]
    public void GammaPShapeDerivative_PointsOfEveryRegion_AgreesWithReference(double a, double x, double expected) =>
        SpecialAssert.Close(expected, Special.GammaPShapeDerivative(a, x), 1e-12);


    // Source: mpmath 1.3.0, five-point differences of betainc with 60 digits.
    [Theory]
    [InlineData(0.01, 0.02, 0.5, -22.224047595226235, 11.11720463769259)]
    [InlineData(0.3, 0.7, 0.05, -1.1904493989010436, 0.2212915576519836)]
    [InlineData(0.3, 0.7, 0.95, -0.1331691780855554, 0.17282896061807898)]
    [InlineData(1.0, 1.0, 0.3, -0.3611918412977808, 0.24967246075711266)]
    [InlineData(2.0, 3.0, 0.4, -0.24086937608755657, 0.15634433641359877)]
    [InlineData(2.0, 3.0, 0.9, -0.0037206817498923414, 0.007619564844077965)]
    [InlineData(0.5, 40.0, 0.02, -0.47541319669448345, 0.005697338492186843)]
    [InlineData(40.0, 0.5, 0.97, -0.004653257601547421, 0.31011260225353837)]
    [InlineData(30.0, 50.0, 0.3, -0.023125287710943784, 0.011722866411061642)]
    [InlineData(30.0, 50.0, 0.5, -0.003998163993002591, 0.003092687865860077)]
    [InlineData(300.0, 200.0, 0.61, -0.013019268712332676, 0.019946917236122255)]
    public void BetaRegularizedDerivatives_PointsOfEveryRegion_AgreeWithReference(double a, double b, double x, double byA, double byB)
    {
        (double actualByA, double actualByB) = Special.BetaRegularizedDerivatives(a, b, x, 1 - x);
        SpecialAssert.Close(byA, actualByA, 1e-12);
        SpecialAssert.Close(byB, actualByB, 1e-12);
    }

    [Fact]
    public void GammaPShapeDerivative_EndsAndOutside_AreDecided()
    {
        Assert.Equal(0, Special.GammaPShapeDerivative(2, 0));
        Assert.Equal(0, Special.GammaPShapeDerivative(2, double.PositiveInfinity));
        Assert.Equal(double.NaN, Special.GammaPShapeDerivative(-1, 1));
        Assert.Equal(double.NaN, Special.GammaPShapeDerivative(1, -1));
        Assert.Equal(double.NaN, Special.GammaPShapeDerivative(double.NaN, 1));
    }

    [Fact]
    public void GammaLogSampleDerivative_SampleBelowTheDoubles_IsThatOfItsPower()
    {
        // As x → 0, P = x^a/Γ(a + 1), so ∂ log x/∂a = −(log x − ψ(a + 1))/a.
        double expected = -(-5000 - Special.Digamma(1.001)) / 1e-3;
        SpecialAssert.Close(expected, Special.GammaLogSampleDerivative(1e-3, -5000), 1e-14);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(3.0)]
    [InlineData(50.0)]
    public void GammaLogSampleDerivative_AtFixedProbability_IsTheSlopeOfTheQuantile(double a)
    {
        // Central difference with step h: error h² times a third derivative of order 1, and rounding 1e-14/h.
        const double H = 1e-5;
        foreach (double p in new[] { 0.01, 0.3, 0.5, 0.9, 0.999 })
        {
            double above = Math.Log(Special.GammaPInverse(a * (1 + H), p));
            double below = Math.Log(Special.GammaPInverse(a * (1 - H), p));
            double slope = (above - below) / (2 * a * H);
            SpecialAssert.Close(slope, Special.GammaLogSampleDerivative(a, Math.Log(Special.GammaPInverse(a, p))), 1e-6);
        }
    }

    [Fact]
    public void BetaRegularizedDerivatives_EndsAndOutside_AreDecided()
    {
        Assert.Equal((0, 0), Special.BetaRegularizedDerivatives(2, 3, 0, 1));
        Assert.Equal((0, 0), Special.BetaRegularizedDerivatives(2, 3, 1, 0));
        Assert.Equal(double.NaN, Special.BetaRegularizedDerivatives(-2, 3, 0.5, 0.5).ByA);
        Assert.Equal(double.NaN, Special.BetaRegularizedDerivatives(2, double.NaN, 0.5, 0.5).ByB);
    }

    // Source of the next two: mpmath 1.3, 40 digits, mp.diff of gammainc and betainc.
    [Theory]
    [InlineData(0.3, 0.05, -1.2807336081258729)]
    [InlineData(2.5, 1.7, -0.26654260855002463)]
    [InlineData(2.5, 9, -0.0047416795481938814)]
    [InlineData(50, 40, -0.019821892882228661)]
    [InlineData(50, 70, -0.0019840186809362869)]
    [InlineData(10000, 10100, -0.0024156880031763667)]
    [InlineData(0.01, 0.5, -0.56554591171525777)]
    public void GammaP_ByShape_MatchesTheReference(double a, double x, double expected) =>
        Assert.Equal(1, Special.GammaPShapeDerivative(a, x) / expected, Tolerance);

    [Theory]
    [InlineData(0.5, 0.5, 0.2, -0.64197567826920871)]
    [InlineData(2, 3, 0.4, -0.24086937608755657)]
    [InlineData(2, 3, 0.9, -0.0037206817498923416)]
    [InlineData(40, 60, 0.41, -0.047501266363838339)]
    [InlineData(0.1, 5, 1e-05, -3.6987658752265485)]
    [InlineData(300, 2, 0.99, -0.0014811008831767821)]
    public void BetaRegularized_ByShape_MatchesTheReference(double a, double b, double x, double expected) =>
        Assert.Equal(1, Special.BetaRegularizedShapeDerivative(a, b, x) / expected, Tolerance);

    // 1 − x is 1 for these x. Source: mpmath 1.3.0, 60 digits, diff(lambda t: betainc(a, t, 0, x, regularized=True), b), and likewise by a.
    [Theory]
    [InlineData(0.1, 0.1, 1e-20, -0.25826993612712093, 0.026045188635941291)]
    [InlineData(0.01, 0.5, 1e-18, -27.893307226736398, 0.031622266622188094)]
    [InlineData(0.001, 0.001, 1e-15, -258.19545868284377, 241.51390924865137)]
    [InlineData(0.5, 3, 1e-18, -7.5712246888549044e-8, 3.381980729002051e-10)]
    public void BetaRegularized_SmallX_HasTheGradientsOfTheReference(double a, double b, double x, double byA, double byB)
    {
        Tensor at = Tensor.From(a, b);
        double[] gradient = Gradient.Of(v => Tensor.BetaRegularized(v[0], v[1], Tensor.From(x)).Sum(), at).ToDoubles();
        Assert.Equal(1, gradient[0] / byA, Tolerance);
        Assert.Equal(1, gradient[1] / byB, Tolerance);

        double[] ofLog = Gradient.Of(v => new Beta(v[0], v[1]).LogCdf(x).Sum(), at).ToDoubles();
        double cdf = Special.BetaRegularized(a, b, x);
        Assert.Equal(1, ofLog[0] * cdf / byA, 2 * Tolerance);
        Assert.Equal(1, ofLog[1] * cdf / byB, 2 * Tolerance);
    }

    [Fact]
    public void ShapeDerivatives_AtTheEnds_AreZeroAndOutsideNaN()
    {
        Assert.Equal(0, Special.GammaPShapeDerivative(2, 0));
        Assert.Equal(0, Special.GammaPShapeDerivative(2, double.PositiveInfinity));
        Assert.Equal(0, Special.BetaRegularizedShapeDerivative(2, 3, 0));
        Assert.Equal(0, Special.BetaRegularizedShapeDerivative(2, 3, 1));
        Assert.True(double.IsNaN(Special.GammaPShapeDerivative(-1, 2)));
        Assert.True(double.IsNaN(Special.BetaRegularizedShapeDerivative(1, 2, 1.5)));
    }
}
