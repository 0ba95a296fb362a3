using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Derivatives of the incomplete functions in their shapes; reference: mpmath 1.3 with 40 digits, mp.diff of gammainc and betainc.</summary>
public class ShapeDerivativeTests
{
    // The functions themselves carry the rounding of their prefactors, some units in the last place times the exponent.
    private const double Tolerance = 2e-13;

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
