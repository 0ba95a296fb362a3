using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GradientClippingTests
{
    // Norms 5 and 12, together 13.
    private static readonly Tensor[] s_gradients = [Tensor.From(3.0, -4.0), Tensor.From(12f)];

    [Fact]
    public void ByGlobalNorm_LargeGradients_AreScaledByOneFactor()
    {
        ClippedGradients clipped = GradientClipping.ByGlobalNorm(s_gradients, 1.3);
        Assert.Equal(13, clipped.Norm, 1e-12);
        double factor = 1.3 / (13 + 1e-6);
        Assert.Equal(3 * factor, clipped.Gradients[0].ToDoubles()[0], 1e-15);
        Assert.Equal(12 * factor, clipped.Gradients[1].ToDoubles()[0], 1e-6);
        Assert.Equal(DType.Float32, clipped.Gradients[1].DType);
        Assert.True(clipped.IsFinite);
    }

    [Fact]
    public void ByGlobalNorm_SmallGradients_AreTheSameTensors()
    {
        ClippedGradients clipped = GradientClipping.ByGlobalNorm(s_gradients, 14);
        Assert.Same(s_gradients[0], clipped.Gradients[0]);
        Assert.Same(s_gradients[1], clipped.Gradients[1]);
    }

    [Fact]
    public void ByNorm_LimitsEachOnItsOwn()
    {
        ClippedGradients clipped = GradientClipping.ByNorm(s_gradients, 6);
        Assert.Same(s_gradients[0], clipped.Gradients[0]);
        Assert.Equal(6, clipped.Gradients[1].ToDoubles()[0], 1e-5);
        Assert.Equal(13, clipped.Norm, 1e-12);
    }

    [Fact]
    public void ByValue_LimitsEachElement()
    {
        ClippedGradients clipped = GradientClipping.ByValue(s_gradients, 3.5);
        Assert.Equal([3, -3.5], clipped.Gradients[0].ToDoubles());
        Assert.Equal([3.5], clipped.Gradients[1].ToDoubles());
        Assert.Equal(double.NaN, GradientClipping.ByValue([Tensor.From(double.NaN)], 1).Gradients[0].ToScalar());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ByGlobalNorm_GradientThatIsNotFinite_IsReportedAndLeftAlone(double value)
    {
        Tensor bad = Tensor.From(1.0, value);
        ClippedGradients clipped = GradientClipping.ByGlobalNorm([s_gradients[0], bad], 1);
        Assert.False(clipped.IsFinite);
        Assert.Same(bad, clipped.Gradients[1]);
        Assert.Same(s_gradients[0], clipped.Gradients[0]);
    }

    [Theory]
    [InlineData(1e200)]
    [InlineData(1e-200)]
    [InlineData(0)]
    public void GlobalNorm_SquaresOutOfRange_IsStillRight(double unit) =>
        Assert.Equal(5 * unit, GradientClipping.GlobalNorm([Tensor.From(3 * unit), Tensor.From(4 * unit)]), 1e-14 * unit);

    [Fact]
    public void Clipping_BadArguments_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByValue(s_gradients, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByNorm(s_gradients, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ByGlobalNorm(s_gradients, -1));
        Assert.Contains("gradient 0 is Int64", Assert.Throws<DTypeException>(() => GradientClipping.ByGlobalNorm([Tensor.From(1L)], 1)).Message);
    }
}
