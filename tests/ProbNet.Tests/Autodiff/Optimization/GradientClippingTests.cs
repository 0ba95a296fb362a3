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

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1003)]
    [InlineData(65_537)]
    [InlineData(200_003)]
    public void SumOfSquares_AnyLength_IsTheSum(int count)
    {
        float[] narrow = [.. Enumerable.Range(1, count).Select(i => (float)(i % 17) - 4)];
        double[] wide = [.. narrow.Select(x => (double)x)];
        double expected = wide.Sum(x => x * x);

        // Whole numbers: every order of adding gives the same sum.
        Assert.Equal(expected, GradientClipping.SumOfSquares<float>(narrow));
        Assert.Equal(expected, GradientClipping.SumOfSquares<double>(wide));
        Assert.Equal(Math.Sqrt(expected), GradientClipping.Norm<float>(narrow));
        Assert.Equal(3e200 * Math.Sqrt(expected), GradientClipping.Norm<double>([.. wide.Select(x => 3e200 * x)]), 1e-14 * 3e200 * Math.Sqrt(expected));
    }

    [Fact]
    public void Norm_ElementThatIsNotFinite_IsNotFinite()
    {
        Assert.Equal(double.PositiveInfinity, GradientClipping.Norm<float>([1, float.NegativeInfinity]));
        Assert.Equal(double.NaN, GradientClipping.Norm<double>([1, double.NaN]));
        Assert.Equal(0, GradientClipping.Norm<double>(new double[40]));
    }

    [Theory]
    [InlineData("value", 1.5)]
    [InlineData("norm", 2.5)]
    [InlineData("global", 1.3)]
    [InlineData("global", 1e9)]
    public void Clip_Symbols_GivesTheBitsOfValues(string how, double limit)
    {
        ClippedGradients Clip(Tensor[] gradients) => how switch
        {
            "value" => GradientClipping.ByValue(gradients, limit),
            "norm" => GradientClipping.ByNorm(gradients, limit),
            _ => GradientClipping.ByGlobalNorm(gradients, limit),
        };
        foreach (double bad in new[] { 1.0, double.NaN, double.PositiveInfinity })
        {
            Tensor[] gradients =
            [
                RandomKey.FromSeed(1).Normal([7, 5]), RandomKey.FromSeed(2).Normal([33], DType.Float64), Tensor.From(bad, -2.0).Cast(DType.Float32), Tensor.Zeros([0]),
            ];
            var traced = TracedFunction.Trace(
                symbols =>
                {
                    ClippedGradients clipped = Clip(symbols);
                    Assert.Contains("NormTensor", Assert.Throws<TracingException>(() => clipped.Norm).Message);
                    return [.. clipped.Gradients, clipped.NormTensor];
                },
                [.. gradients.Select(gradient => new TensorType(gradient.Shape, gradient.DType))]);
            ClippedGradients expected = Clip(gradients);
            Tensor[] actual = traced.Run(gradients);
            for (int i = 0; i < gradients.Length; i++)
            {
                Assert.Equal(expected.Gradients[i].ToDoubles(), actual[i].ToDoubles());
                Assert.Equal(gradients[i].DType, actual[i].DType);
            }

            Assert.Equal(expected.Norm, actual[^1].ToScalar());
        }
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(0.5, null)]
    [InlineData(null, 2.0)]
    [InlineData(0.5, 2.0)]
    [InlineData(0.5, 100.0)]
    public void Prepare_FlatBuffer_ClipsAsTheTensorsAreClipped(double? limit, double? maxNorm)
    {
        Tensor gradient = RandomKey.FromSeed(1).Normal([100], DType.Float64);
        Tensor expected = limit is { } l ? GradientClipping.ByValue([gradient], l).Gradients[0] : gradient;
        expected = maxNorm is { } m ? GradientClipping.ByGlobalNorm([expected], m).Gradients[0] : expected;
        double[] flat = [.. gradient.ToArray<double>(), .. new double[12]];
        Assert.Equal(GradientClipping.GlobalNorm([gradient]), GradientClipping.Prepare(flat.AsSpan(), limit, maxNorm), 1e-12);
        Assert.Equal(expected.ToDoubles(), flat[..100].Select(x => x), (x, y) => Math.Abs(x - y) <= 1e-15);
        Assert.All(flat[100..], x => Assert.Equal(0, x));
    }

    [Fact]
    public void Prepare_ElementThatIsNotFinite_LeavesTheGradients()
    {
        float[] flat = [3, float.NaN, -7];
        Assert.Equal(double.NaN, GradientClipping.Prepare(flat.AsSpan(), 1, 1));
        Assert.Equal([3, float.NaN, -7], flat);
    }
}
