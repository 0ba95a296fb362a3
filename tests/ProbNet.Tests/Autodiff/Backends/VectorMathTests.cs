using System.Numerics;
using ProbNet.Autodiff;
using ProbNet.Benchmarks;

namespace ProbNet.Tests.Autodiff;

public class VectorMathTests
{
    // Of each binade near 1, and of each other one.
    private const int Near = 400, Far = 4;

    private static readonly int[] Widths = [1024, 512, 256, 128];

    public static TheoryData<string> Functions() => [.. VectorFunctions.All.Select(f => f.Name)];

    public static TheoryData<string> FunctionsOfDoubles() => [.. VectorFunctions.All.Where(f => !double.IsNaN(f.Bound<double>())).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Float_OverItsRange_StaysWithinItsBound(string name) => AssertBound<float>(name);

    [Theory]
    [MemberData(nameof(FunctionsOfDoubles))]
    public void Double_OverItsRange_StaysWithinItsBound(string name) => AssertBound<double>(name);

    [Theory]
    [InlineData("Exp", 0, 1)]
    [InlineData("Exp", -0.0, 1)]
    [InlineData("Exp", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Exp", double.NegativeInfinity, 0)]
    [InlineData("Exp", 1000, double.PositiveInfinity)]
    [InlineData("Exp", -1000, 0)]
    [InlineData("Exp", double.NaN, double.NaN)]
    [InlineData("Exp2", 0, 1)]
    [InlineData("Exp2", -3, 0.125)]
    [InlineData("Exp2", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Exp2", double.NegativeInfinity, 0)]
    [InlineData("Exp2", 2000, double.PositiveInfinity)]
    [InlineData("Exp2", -2000, 0)]
    [InlineData("Exp2", double.NaN, double.NaN)]
    [InlineData("Expm1", 0, 0)]
    [InlineData("Expm1", -0.0, -0.0)]
    [InlineData("Expm1", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Expm1", double.NegativeInfinity, -1)]
    [InlineData("Expm1", 1000, double.PositiveInfinity)]
    [InlineData("Expm1", -1000, -1)]
    [InlineData("Expm1", double.NaN, double.NaN)]
    [InlineData("Log", 1, 0)]
    [InlineData("Log", 0, double.NegativeInfinity)]
    [InlineData("Log", -0.0, double.NegativeInfinity)]
    [InlineData("Log", -1, double.NaN)]
    [InlineData("Log", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log", double.NegativeInfinity, double.NaN)]
    [InlineData("Log", double.NaN, double.NaN)]
    [InlineData("Log2", 1, 0)]
    [InlineData("Log2", 8, 3)]
    [InlineData("Log2", 0.25, -2)]
    [InlineData("Log2", 0, double.NegativeInfinity)]
    [InlineData("Log2", -1, double.NaN)]
    [InlineData("Log2", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log2", double.NaN, double.NaN)]
    [InlineData("Log1p", 0, 0)]
    [InlineData("Log1p", -0.0, -0.0)]
    [InlineData("Log1p", -1, double.NegativeInfinity)]
    [InlineData("Log1p", -2, double.NaN)]
    [InlineData("Log1p", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Log1p", double.NegativeInfinity, double.NaN)]
    [InlineData("Log1p", double.NaN, double.NaN)]
    [InlineData("Sigmoid", 0, 0.5)]
    [InlineData("Sigmoid", -0.0, 0.5)]
    [InlineData("Sigmoid", double.PositiveInfinity, 1)]
    [InlineData("Sigmoid", double.NegativeInfinity, 0)]
    [InlineData("Sigmoid", double.NaN, double.NaN)]
    [InlineData("Softplus", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Softplus", double.NegativeInfinity, 0)]
    [InlineData("Softplus", 1000, 1000)]
    [InlineData("Softplus", -1000, 0)]
    [InlineData("Softplus", double.NaN, double.NaN)]
    [InlineData("Tanh", 0, 0)]
    [InlineData("Tanh", -0.0, -0.0)]
    [InlineData("Tanh", double.PositiveInfinity, 1)]
    [InlineData("Tanh", double.NegativeInfinity, -1)]
    [InlineData("Tanh", 1000, 1)]
    [InlineData("Tanh", -1000, -1)]
    [InlineData("Tanh", double.NaN, double.NaN)]
    [InlineData("Sinh", 0, 0)]
    [InlineData("Sinh", -0.0, -0.0)]
    [InlineData("Sinh", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Sinh", double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData("Sinh", 1000, double.PositiveInfinity)]
    [InlineData("Sinh", -1000, double.NegativeInfinity)]
    [InlineData("Sinh", double.NaN, double.NaN)]
    [InlineData("Cosh", 0, 1)]
    [InlineData("Cosh", -0.0, 1)]
    [InlineData("Cosh", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Cosh", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Cosh", 1000, double.PositiveInfinity)]
    [InlineData("Cosh", double.NaN, double.NaN)]
    [InlineData("Asinh", 0, 0)]
    [InlineData("Asinh", -0.0, -0.0)]
    [InlineData("Asinh", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Asinh", double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData("Asinh", double.NaN, double.NaN)]
    [InlineData("Acosh", 1, 0)]
    [InlineData("Acosh", 0.5, double.NaN)]
    [InlineData("Acosh", -3, double.NaN)]
    [InlineData("Acosh", double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData("Acosh", double.NegativeInfinity, double.NaN)]
    [InlineData("Acosh", double.NaN, double.NaN)]
    [InlineData("Atanh", 0, 0)]
    [InlineData("Atanh", -0.0, -0.0)]
    [InlineData("Atanh", 1, double.PositiveInfinity)]
    [InlineData("Atanh", -1, double.NegativeInfinity)]
    [InlineData("Atanh", 2, double.NaN)]
    [InlineData("Atanh", -2, double.NaN)]
    [InlineData("Atanh", double.NaN, double.NaN)]
    [InlineData("Erf", 0, 0)]
    [InlineData("Erf", -0.0, -0.0)]
    [InlineData("Erf", double.PositiveInfinity, 1)]
    [InlineData("Erf", double.NegativeInfinity, -1)]
    [InlineData("Erf", double.NaN, double.NaN)]
    [InlineData("Erfc", 0, 1)]
    [InlineData("Erfc", double.PositiveInfinity, 0)]
    [InlineData("Erfc", double.NegativeInfinity, 2)]
    [InlineData("Erfc", 100, 0)]
    [InlineData("Erfc", double.NaN, double.NaN)]
    [InlineData("Sin", 0, 0)]
    [InlineData("Sin", -0.0, -0.0)]
    [InlineData("Sin", double.PositiveInfinity, double.NaN)]
    [InlineData("Sin", double.NegativeInfinity, double.NaN)]
    [InlineData("Sin", double.NaN, double.NaN)]
    [InlineData("Cos", 0, 1)]
    [InlineData("Cos", -0.0, 1)]
    [InlineData("Cos", double.PositiveInfinity, double.NaN)]
    [InlineData("Cos", double.NegativeInfinity, double.NaN)]
    [InlineData("Cos", double.NaN, double.NaN)]
    [InlineData("Tan", 0, 0)]
    [InlineData("Tan", -0.0, -0.0)]
    [InlineData("Tan", double.PositiveInfinity, double.NaN)]
    [InlineData("Tan", double.NegativeInfinity, double.NaN)]
    [InlineData("Tan", double.NaN, double.NaN)]
    [InlineData("Asin", 0, 0)]
    [InlineData("Asin", -0.0, -0.0)]
    [InlineData("Asin", 1.5, double.NaN)]
    [InlineData("Asin", -1.5, double.NaN)]
    [InlineData("Asin", double.NaN, double.NaN)]
    [InlineData("Acos", 1, 0)]
    [InlineData("Acos", 1.5, double.NaN)]
    [InlineData("Acos", -1.5, double.NaN)]
    [InlineData("Acos", double.NaN, double.NaN)]
    [InlineData("Atan", 0, 0)]
    [InlineData("Atan", -0.0, -0.0)]
    [InlineData("Atan", double.NaN, double.NaN)]
    public void EveryWidth_AtACorner_GivesItsLimit(string name, double x, double expected)
    {
        VectorFunction function = VectorFunctions.All.Single(f => f.Name == name);
        foreach (int width in Widths)
        {
            AssertCorner<float>(function, width, x, expected);
            AssertCorner<double>(function, width, x, expected);
        }
    }

    [Theory]
    [InlineData("Exp", -87.5)]
    [InlineData("Exp", -100)]
    [InlineData("Sigmoid", -95)]
    [InlineData("Softplus", -95)]
    [InlineData("Erfc", 9.5)]
    public void Float_WhereTheResultIsSubnormal_DoesNotFlushToZero(string name, double x)
    {
        VectorFunction function = VectorFunctions.All.Single(f => f.Name == name);
        float[] y = new float[1];
        function.Run<float>(512, [(float)x], y);
        Assert.InRange(y[0], float.Epsilon, 1.2e-38f);
    }

    [Theory]
    [InlineData("Expm1")]
    [InlineData("Log1p")]
    [InlineData("Tanh")]
    [InlineData("Sinh")]
    [InlineData("Asinh")]
    [InlineData("Atanh")]
    [InlineData("Sin")]
    [InlineData("Tan")]
    [InlineData("Asin")]
    [InlineData("Atan")]
    public void OddFunction_AtATinyArgument_GivesTheArgument(string name)
    {
        VectorFunction function = VectorFunctions.All.Single(f => f.Name == name);
        foreach (int width in Widths)
        {
            double[] x = [1e-300, -1e-300, 1e-20, -1e-20], y = new double[4];
            function.Run<double>(width, x, y);
            Assert.Equal(x, y);
            float[] xs = [1e-38f, -1e-38f, 1e-12f, -1e-12f], ys = new float[4];
            function.Run<float>(width, xs, ys);
            Assert.Equal(xs, ys);
        }
    }

    private static void AssertBound<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        VectorFunction function = VectorFunctions.All.Single(f => f.Name == name);
        (double worst, double at) = function.Measure(function.Stratified<T>(Near, Far));
        Assert.True(worst <= function.Bound<T>(), $"{name} at {at:R}: {worst:F2} ulp, bound {function.Bound<T>()}.");
    }

    /// <summary>Bit for bit, so that the sign of zero counts.</summary>
    private static void AssertCorner<T>(VectorFunction function, int width, double x, double expected)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = new T[1];
        function.Run<T>(width, [T.CreateTruncating(x)], y);
        double got = double.CreateChecked(y[0]);
        bool equal = double.IsNaN(expected)
            ? double.IsNaN(got)
            : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(got);
        Assert.True(equal, $"{function.Name}({x}) of {typeof(T).Name} at {width} bits: {got:R}, expected {expected:R}.");
    }
}
