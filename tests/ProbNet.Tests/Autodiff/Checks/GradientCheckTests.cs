using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GradientCheckTests
{
    private static readonly Tensor X = Tensor.From(new[] { 0.3, -1.2, 0.7, 2.1, -0.4, 1.5 }, [2, 3]);

    [Fact]
    public void Run_CorrectFunction_PassesAtBothOrdersFarBelowTheTolerance()
    {
        GradientCheckResult result = GradientCheck.Run(x => (x.Exp() + 1).Log().Tanh(), X);
        Assert.True(result.Passed, result.ToString());
        // Order 1 in x; order 2 in x and in the vector of the product.
        Assert.Equal(["x0 1", "x0 2", "v1 2"], result.Entries.Select(e => $"{e.Input} {e.Order}"));
        Assert.True(result.MaxRelativeError < 1e-10, result.ToString());
    }

    [Fact]
    public void Run_SeveralInputsWithBroadcasting_ChecksEach()
    {
        GradientCheckResult result = GradientCheck.Run(
            x => (x[0] * x[1] / (x[2] + 3)).Sum(), X, Tensor.From(0.5, 1.5, -2.5), Tensor.Scalar(0.25, DType.Float64));
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(3, result.Entries.Count(e => e.Order == 1));
    }

    [Fact]
    public void Run_LossThatReadsTheValueOfAParameter_FailsForItAlone()
    {
        var weight = new Parameter("weight", X);
        var bias = new Parameter("bias", Tensor.From(0.5, 1.5, -2.5));
        GradientCheckResult result = GradientCheck.Run(() => (X * weight + bias.Value).Square().Sum(), [weight, bias]);

        Assert.False(result.Passed);
        Assert.All(result.Entries.Where(entry => !entry.Passed), entry => Assert.Equal("bias", entry.Input));
        Assert.Contains("reads its Value", result.ToString(), StringComparison.Ordinal);
        Assert.Equal([0.5, 1.5, -2.5], bias.Value.ToArray<double>());
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(-1e-5)]
    public void Run_FirstDerivativeSlightlyWrong_FailsAtOrderOne(double relativeError)
    {
        GradientCheckResult result = GradientCheck.Run(
            x => Gradient.Custom("Off", t => t[0].Exp(), (_, y, dy) => [dy * y * (1 + relativeError)], x), X);
        Assert.False(result.Passed);
        GradientCheckEntry failure = result.Failures.First();
        Assert.Equal((1, "x0"), (failure.Order, failure.Input));
        Assert.Equal(Math.Abs(relativeError), failure.RelativeError, Math.Abs(relativeError));
    }

    [Fact]
    public void Run_OneWrongElementOfMany_Fails()
    {
        double[] factors = [.. Enumerable.Repeat(1.0, 1000)];
        factors[777] = 1.001;
        Tensor factor = Tensor.From(factors);
        GradientCheckResult result = GradientCheck.Run(
            x => Gradient.Custom("Off", t => t[0].Exp(), (_, y, dy) => [dy * y * factor], x), Tensor.Zeros([1000], DType.Float64));
        Assert.False(result.Passed);
    }

    [Fact]
    public void Run_OnlySecondDerivativeWrong_FailsAtOrderTwo()
    {
        // The product is right in value, but its own gradient misses the dependence on x.
        GradientCheckResult result = GradientCheck.Run(
            x => Gradient.Custom("Exp", t => t[0].Exp(), (_, y, dy) => [dy * Gradient.Stop(y)], x), X);
        Assert.All(result.Entries.Where(e => e.Order == 1), e => Assert.True(e.Passed));
        Assert.Contains(result.Failures, e => e.Order == 2 && e.Input == "x0");
        GradientCheckException error = Assert.Throws<GradientCheckException>(result.ThrowIfFailed);
        Assert.Contains("FAIL order 2, x0", error.Message);
    }

    [Fact]
    public void Run_Float32Input_IsCheckedInFloat64()
    {
        GradientCheckResult result = GradientCheck.Run(x => (x * x).Exp(), Tensor.From(0.1f, 0.7f));
        Assert.True(result.Passed, result.ToString());
    }

    [Fact]
    public void Run_IntegerInput_IsHeldConstant()
    {
        GradientCheckResult result = GradientCheck.Run(x => x[0] * x[1].Cast(DType.Float64), Tensor.From(0.5, 2.0), Tensor.From(2L, 3L));
        Assert.True(result.Passed, result.ToString());
        Assert.DoesNotContain(result.Entries, e => e.Input == "x1");
    }

    [Fact]
    public void Run_ResultCastToFloat32_SaysThatFloat64IsNeeded()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => GradientCheck.Run(x => x.Cast(DType.Float32), X));
        Assert.Contains("Float64 throughout", error.Message);
    }

    [Fact]
    public void Run_FunctionThatIsNotRepeatable_IsRefused()
    {
        double counter = 0;
        ArgumentException error = Assert.Throws<ArgumentException>(() => GradientCheck.Run(x => x * ++counter, X));
        Assert.Contains("fixed key", error.Message);
    }

    [Fact]
    public void Run_GradientWithNaN_FailsAndSaysWhere()
    {
        GradientCheckResult result = GradientCheck.Run(
            x => Gradient.Custom("Bad", t => t[0] * 1, (_, _, dy) => [dy * Tensor.From(1, double.NaN)], x), Tensor.From(1.0, 2.0), new() { Order = 1 });
        Assert.Contains("the gradient is not finite: element 1 of shape [2] is NaN", result.ToString());
        Assert.False(result.Passed);
    }

    [Fact]
    public void Run_OutOfTheDomain_FailsAndSaysSo()
    {
        GradientCheckResult result = GradientCheck.Run(x => x.Log(), Tensor.From(-1.0), new() { Order = 1 });
        Assert.Contains("the function is not finite: element 0 of shape [1] is NaN", result.ToString());
    }

    [Fact]
    public void Run_ZeroSizeAndConstantFunctions_Pass()
    {
        Assert.True(GradientCheck.Run(x => x.Exp(), Tensor.Zeros([0, 3], DType.Float64)).Passed);
        Assert.True(GradientCheck.Run(x => Tensor.Ones([2], DType.Float64) + (x * 0).Sum(), X).Passed);
    }

    [Fact]
    public void Run_LargeValuesWithSmallGradients_ForgivesOnlyRounding()
    {
        Assert.True(GradientCheck.Run(x => x + 1e6, X).Passed);
        Assert.False(GradientCheck.Run(x => Gradient.Custom("Off", t => t[0] + 1e6, (_, _, dy) => [dy * 1.001], x), X).Passed);
    }

    [Fact]
    public void Run_Parameters_ReadAsFloat64AndStayAsTheyWere()
    {
        var w = new Parameter("w", Tensor.From(0.5f, -0.25f));
        var b = new Parameter("b", Tensor.Scalar(0.1));
        Tensor x = Tensor.From(1.5, 2.5), before = w.Value;
        GradientCheckResult result = GradientCheck.Run(() => ((x * w) + b).Tanh().Sum(), [w, b]);
        Assert.True(result.Passed, result.ToString());
        Assert.Equal(["w", "b"], result.Entries.Where(e => e.Order == 1).Select(e => e.Input));
        Assert.Same(before, w.Value);
        Assert.Same(before, w.Read());
    }

    [Fact]
    public void Run_ParametersWithFloat32Data_SaysToConvertTheData()
    {
        var w = new Parameter("w", Tensor.From(0.5f, -0.25f));
        Tensor x = Tensor.From(1.5f, 2.5f);
        DTypeException error = Assert.Throws<DTypeException>(() => GradientCheck.Run(() => (x * w).Sum(), [w]));
        Assert.Contains("must be Float64 too", error.Message);
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameFigures()
    {
        GradientCheckResult Check(ulong seed) => GradientCheck.Run(x => x.Exp(), X, new() { Seed = seed });
        Assert.Equal(Check(5).Entries, Check(5).Entries);
        Assert.NotEqual(Check(5).Entries[0].Analytic, Check(6).Entries[0].Analytic);
    }

    [Theory]
    [InlineData(0, 1e-3, 1e-7, 2)]
    [InlineData(2, 0, 1e-7, 2)]
    [InlineData(2, 1e-3, double.NaN, 2)]
    [InlineData(2, 1e-3, 1e-7, 0)]
    public void Run_BadOptions_AreRefused(int order, double step, double tolerance, int projections) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientCheck.Run(
            x => x, X, new() { Order = order, Step = step, Tolerance = tolerance, Projections = projections }));
}
