using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Special functions on tensors: the tails, the ends of the domain and the identities that tie them; values are tested with the functions themselves.
/// </summary>
public class SpecialOpTests
{
    [Fact]
    public void NormalLogCdf_FarTail_HasTheGradientOfItsAsymptote()
    {
        // d/dx ln Φ(x) → −x + O(1/x), and the second derivative → −1.
        Tensor x = Tensor.From(-1000.0, 40.0);
        double[] first = Gradient.Of(v => v.NormalLogCdf().Sum(), x).ToDoubles();
        Assert.Equal(1000.000999998, first[0], 1e-8);
        Assert.Equal(0, first[1]);
        Assert.Equal(-0.99999900000599995, Gradient.Hessian(v => v.NormalLogCdf().Sum(), x[..1]).ToScalar(), 1e-14);
        foreach ((double at, double curvature) in new[] { (-1e12, -1.0), (double.NegativeInfinity, -1), (1e12, 0), (double.PositiveInfinity, 0) })
        {
            Assert.Equal(curvature, Gradient.Hessian(v => v.NormalLogCdf().Sum(), Tensor.From(at)).ToScalar());
        }
    }

    [Fact]
    public void NormalLogCdf_ThirdDerivative_IsTheSlopeOfTheCurvature()
    {
        double[] at = [-40, -5, -1.4, 0, 2, 8, -1e7, 60];
        Tensor third = Gradient.Of(a => Gradient.Of(b => Gradient.Of(c => c.NormalLogCdf().Sum(), b).Sum(), a).Sum(), Tensor.From(at));
        double[] actual = third.ToDoubles();
        for (int i = 0; i < at.Length; i++)
        {
            // A central difference, whose error is of the order of h² and ε/h.
            double difference = (Special.NormalLogCdfSecondDerivative(at[i] + 1e-5) - Special.NormalLogCdfSecondDerivative(at[i] - 1e-5)) / 2e-5;
            Assert.Equal(difference, actual[i], 1e-9);
        }
    }

    // mpmath 1.3, 120 digits: y = φ/Φ, w = −y(x + y), −w(x + y) − y(1 + w). Above −100, where 1 + w is rounded to 1e-16, y·1e-16 of it is uncertain.
    [Theory]
    [InlineData(-5, 0.0108257645063567, 1e-12)]
    [InlineData(-99, 2.0586998326751902e-6, 5e-8)]
    [InlineData(-101, 1.9388995725758584e-6, 1e-13)]
    [InlineData(-1e3, 1.9999760002999959e-9, 1e-14)]
    [InlineData(-1e4, 1.99999976000003e-12, 1e-14)]
    [InlineData(-1e6, 1.999999999976e-18, 1e-14)]
    public void NormalLogCdf_ThirdDerivativeFarBelow_HasTheReferenceValue(double x, double expected, double tolerance) => SpecialAssert.Close(
        expected, Gradient.Of(a => Gradient.Of(b => Gradient.Of(c => c.NormalLogCdf(), b), a), Tensor.From(x)).ToScalar(), tolerance);

    [Fact]
    public void ErfcxAndBesselI1_FarOut_HaveTheGradientsOfTheirAsymptotes()
    {
        // e^(x²)·erfc(x) → 1/(x√π), and I₁ overflows together with its derivative.
        double infinity = double.PositiveInfinity;
        double[] erfcx = Gradient.Of(v => v.Erfcx().Sum(), Tensor.From(1e12, infinity, -infinity)).ToDoubles();
        Assert.Equal(1, erfcx[0] * -1e24 * Math.Sqrt(Math.PI), 1e-14);
        Assert.Equal([0, -infinity], erfcx[1..]);
        Assert.Equal([infinity, infinity, infinity, infinity], Gradient.Of(v => v.BesselI1().Sum(), Tensor.From(800, -800, infinity, -infinity)).ToDoubles());
        Assert.Equal([0.0, 0], Gradient.Of(v => v.BesselI1e().Sum(), Tensor.From(infinity, -infinity)).ToDoubles());
    }

    [Fact]
    public void Inverses_UndoTheirFunctions()
    {
        Tensor x = Tensor.From(-4.5, -1.1, 0.0, 0.3, 2.2);
        AssertClose(x, x.Erf().ErfInv(), 1e-6);
        AssertClose(x, x.Erfc().ErfcInv(), 1e-6);
        AssertClose(x, x.NormalCdf().NormalQuantile(), 1e-10);
        AssertClose(x.NormalCdf().Log(), x.NormalLogCdf(), 1e-13);
        AssertClose(x.Erfc(), (-x * x).Exp() * x.Erfcx(), 1e-13);
    }

    [Fact]
    public void Domain_Ends_AreInfinite()
    {
        double infinity = double.PositiveInfinity;
        Assert.Equal([-infinity, infinity, double.NaN], Tensor.From(-1.0, 1.0, 2.0).ErfInv().ToDoubles());
        Assert.Equal([infinity, -infinity, double.NaN], Tensor.From(0.0, 2.0, -0.5).ErfcInv().ToDoubles());
        Assert.Equal([-infinity, infinity, double.NaN], Tensor.From(0.0, 1.0, 1.5).NormalQuantile().ToDoubles());
        Assert.Equal([infinity, infinity], Tensor.From(0.0, -3.0).LogGamma().ToDoubles());
    }

    [Fact]
    public void LogGamma_Derivatives_AreThePolygammas()
    {
        Tensor x = Tensor.From(0.7, 3.4);
        Tensor first = Gradient.Of(v => v.LogGamma().Sum(), x);
        Tensor third = Gradient.Of(a => Gradient.Of(b => Gradient.Of(c => c.LogGamma().Sum(), b).Sum(), a).Sum(), x);
        Assert.Equal(x.Digamma().ToDoubles(), first.ToDoubles());
        Assert.Equal(x.Polygamma(2).ToDoubles(), third.ToDoubles());
        Assert.Equal(x.Trigamma().ToDoubles(), x.Polygamma(1).ToDoubles());
        Assert.Equal(x.Digamma().ToDoubles(), x.Polygamma(0).ToDoubles());
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Polygamma(-1));
    }

    [Fact]
    public void LogMultivariateGamma_DimensionOne_IsLogGamma()
    {
        Tensor x = Tensor.From(0.7, 3.4);
        AssertClose(x.LogGamma(), x.LogMultivariateGamma(1), 1e-15);
        AssertClose(0.5 * Math.Log(Math.PI) + x.LogGamma() + (x - 0.5).LogGamma(), x.LogMultivariateGamma(2), 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => x.LogMultivariateGamma(0));
    }

    [Fact]
    public void LogBeta_LargeAndSmall_HasNoCancellation()
    {
        // B(a, 1) = 1/a.
        Assert.Equal(-Math.Log(1e15), Tensor.LogBeta(1e15, Tensor.From(1.0)).ToScalar(), 1e-12);
    }

    [Fact]
    public void Incomplete_FirstDerivativesInTheShapes_MatchDifferences()
    {
        Tensor a = Tensor.From(0.4, 1.5, 6.0, 40.0), b = Tensor.From(2.0, 0.6, 9.0, 30.0), x = Tensor.From(0.3, 0.8, 0.35, 0.6);
        Tensor p = Tensor.From(0.2, 0.5, 0.9, 0.4);
        var first = new GradientCheckOptions { Order = 1 };
        GradientCheck.Run(xs => Tensor.GammaP(xs[0], xs[1]), first, a, 1.2 * a).ThrowIfFailed();
        GradientCheck.Run(xs => Tensor.GammaQ(xs[0], xs[1]), first, a, 0.9 * a).ThrowIfFailed();
        GradientCheck.Run(xs => Tensor.GammaPInverse(xs[0], xs[1]), first, a, p).ThrowIfFailed();
        GradientCheck.Run(xs => Tensor.BetaRegularized(xs[0], xs[1], xs[2]), first, a, b, x).ThrowIfFailed();
        GradientCheck.Run(xs => Tensor.BetaRegularizedInverse(xs[0], xs[1], xs[2]), first, a, b, p).ThrowIfFailed();

        // Mixed second derivatives, in the shape and the point.
        GradientCheck.Run(v => Gradient.Of(s => Tensor.GammaP(s, v).Sum(), a), 1.2 * a, first).ThrowIfFailed();
        GradientCheck.Run(v => Gradient.Of(s => Tensor.BetaRegularized(a, s, v).Sum(), b), x, first).ThrowIfFailed();
    }

    [Fact]
    public void Incomplete_SecondDerivativeInAShape_SaysThatThereIsNone()
    {
        Tensor a = Tensor.From(1.5), x = Tensor.From(0.8);
        NotSupportedException gamma = Assert.Throws<NotSupportedException>(() => Gradient.Hessian(v => Tensor.GammaP(v, x).Sum(), a));
        NotSupportedException beta = Assert.Throws<NotSupportedException>(() => Gradient.Hessian(v => Tensor.BetaRegularized(v, 2, x).Sum(), a));
        NotSupportedException zeta = Assert.Throws<NotSupportedException>(() => Gradient.Of(v => Tensor.Zeta(v, 2).Sum(), a));
        Assert.Contains("second derivative in the shape parameter", gamma.Message);
        Assert.Contains("second derivatives in the shape parameters", beta.Message);
        Assert.Contains("exponent s", zeta.Message);
    }

    [Fact]
    public void GammaP_AtZero_HasTheGradientOfTheDensity()
    {
        Tensor a = Tensor.From(0.5, 1.0, 2.0), x = Tensor.Zeros([3], DType.Float64);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.GammaP(xs[0], xs[1]).Sum(), a, x).Gradients;
        Assert.Equal([0.0, 0, 0], gradients[0].ToDoubles());
        Assert.Equal([double.PositiveInfinity, 1, 0], gradients[1].ToDoubles());
    }

    [Fact]
    public void Zeta_OfTwo_IsPiSquaredOverSix() => Assert.Equal(Math.PI * Math.PI / 6, Tensor.Zeta(2, Tensor.From(1.0)).ToScalar(), 1e-15);

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        double[] x = expected.ToDoubles(), y = actual.ToDoubles();
        Assert.Equal(x.Length, y.Length);
        Assert.All(x.Zip(y), pair => Assert.InRange(pair.Second, pair.First - (tolerance * (1 + Math.Abs(pair.First))), pair.First + (tolerance * (1 + Math.Abs(pair.First)))));
    }
}
