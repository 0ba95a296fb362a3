using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>log Γ and ψ on lanes against the scalar functions, which are tested against mpmath.</summary>
public class VectorGammaTests
{
    // Both are off by a few times 1e-16 (docs/numerics.md).
    private const double Tolerance = 2e-15;

    // Up to 4.4 were seen in 200,000 points of each region (docs/numerics.md): the roundings of a polynomial, of a logarithm and of what joins them.
    private const double UnitsOfFloats = 5;

    public static TheoryData<double, double> Regions() => new()
    {
        { 1e-300, 0.5 }, { 0.5, 1 }, { 0.99, 1.01 }, { 1, 2 }, { 1.46, 1.463 }, { 1.99, 2.01 }, { 2, 3 }, { 3, 10 }, { 10, 1e6 }, { 1e6, 1e300 },
        { -40, -1e-3 },
    };

    [Theory]
    [MemberData(nameof(Regions))]
    public void LogGamma_EveryRegion_AgreesWithTheScalarFunction(double low, double high) =>
        Compare<LogGamma.Kernel>(Special.LogGamma, low, high);

    [Theory]
    [MemberData(nameof(Regions))]
    public void Digamma_EveryRegion_AgreesWithTheScalarFunction(double low, double high) =>
        Compare<Digamma.Kernel>(Special.Digamma, low, high);

    [Fact]
    public void LogGamma_Corners_AreThoseOfTheScalarFunction()
    {
        double[] x =
        [
            0, -0.0, 1, 2, -1, -2, 3, 9, 5e-324, 1e308, double.PositiveInfinity, double.NegativeInfinity, double.NaN, Math.BitDecrement(1),
            Math.BitIncrement(1), Math.BitDecrement(2), Math.BitIncrement(2), Math.BitDecrement(9),
        ];
        Near<LogGamma.Kernel>(Special.LogGamma, x);
        Near<Digamma.Kernel>(Special.Digamma, x);
    }

    public static TheoryData<float, float> RegionsOfFloats() => new()
    {
        { 1e-40f, 1e-3f }, { 1e-3f, 1 }, { 0.99f, 1.01f }, { 1, 2 }, { 1.46f, 1.463f }, { 1.99f, 2.01f }, { 2, 3 }, { 3, 4 }, { 4, 1e6f }, { 1e6f, 1e36f },
    };

    [Theory]
    [MemberData(nameof(RegionsOfFloats))]
    public void LogGamma_OfFloatsInEveryRegion_AgreesWithTheDouble(float low, float high) => CompareFloats<LogGamma.Kernel>(Special.LogGamma, low, high);

    [Theory]
    [MemberData(nameof(RegionsOfFloats))]
    public void Digamma_OfFloatsInEveryRegion_AgreesWithTheDouble(float low, float high) => CompareFloats<Digamma.Kernel>(Special.Digamma, low, high);

    [Fact]
    public void LogGamma_OfFloatsAtCorners_IsThatOfTheDouble()
    {
        float[] x =
        [
            0, -0.0f, 1, 2, -1, -2, -0.3f, -7.6f, 3, float.Epsilon, -float.Epsilon, float.MaxValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
            MathF.BitDecrement(1), MathF.BitIncrement(1), MathF.BitDecrement(2), MathF.BitIncrement(2), MathF.BitDecrement(3), MathF.BitIncrement(3),
        ];
        NearFloats<LogGamma.Kernel>(Special.LogGamma, x);
        NearFloats<Digamma.Kernel>(Special.Digamma, x);
    }

    private static void CompareFloats<K>(Func<double, double> scalar, float low, float high)
        where K : struct, IUnaryKernel
    {
        var random = new Random(12);
        NearFloats<K>(
            scalar,
            [.. Enumerable.Range(0, 3000).Select(i => (float)(i % 2 == 0
                ? low + ((high - low) * random.NextDouble())
                : low * Math.Pow(high / (double)low, random.NextDouble())))]);
    }

    private static void NearFloats<K>(Func<double, double> scalar, float[] x)
        where K : struct, IUnaryKernel
    {
        float[][] results = [new float[x.Length], new float[x.Length], new float[x.Length]];
        ElementwiseLoop.Unary<K, float, Lanes512<float>>(x, results[0]);
        ElementwiseLoop.Unary<K, float, Lanes256<float>>(x, results[1]);
        ElementwiseLoop.Unary<K, float, Lanes128<float>>(x, results[2]);
        foreach (float[] y in results)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double exact = scalar(x[i]);
                float size = MathF.Abs((float)exact);
                bool near = ((float)exact).Equals(y[i]) || Math.Abs(y[i] - exact) <= UnitsOfFloats * ((double)MathF.BitIncrement(size) - size);
                Assert.True(near, $"{typeof(K).DeclaringType!.Name}({x[i]:R}): {y[i]:R}, in double {exact:R}.");
            }
        }
    }

    private static void Compare<K>(Func<double, double> scalar, double low, double high)
        where K : struct, IUnaryKernel
    {
        var random = new Random(11);
        Near<K>(
            scalar,
            [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 || low < 0
                ? low + ((high - low) * random.NextDouble())
                : low * Math.Pow(high / low, random.NextDouble()))]);
    }

    private static void Near<K>(Func<double, double> scalar, double[] x)
        where K : struct, IUnaryKernel
    {
        double[][] results = [new double[x.Length], new double[x.Length], new double[x.Length]];
        ElementwiseLoop.Unary<K, double, Lanes512<double>>(x, results[0]);
        ElementwiseLoop.Unary<K, double, Lanes256<double>>(x, results[1]);
        ElementwiseLoop.Unary<K, double, Lanes128<double>>(x, results[2]);
        foreach (double[] y in results)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double exact = scalar(x[i]);
                bool near = exact.Equals(y[i]) || Math.Abs(y[i] - exact) <= Tolerance * Math.Abs(exact);
                Assert.True(near, $"{typeof(K).DeclaringType!.Name}({x[i]:R}): {y[i]:R}, the scalar function gives {exact:R}.");
            }
        }
    }
}
