using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>log Γ and ψ on lanes against the scalar functions, which are tested against mpmath.</summary>
public class VectorGammaTests
{
    // Both are off by a few times 1e-16 (docs/numerics.md).
    private const double Tolerance = 2e-15;

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

    [Fact]
    public void LogGamma_OfFloats_IsTheDoubleRoundedOnce()
    {
        // 300 elements: two whole parts of the block and a rest.
        float[] x = [.. Enumerable.Range(0, 300).Select(i => (i - 20) * 0.137f)];
        float[] y = Tensor.From(x, [300]).LogGamma().ToArray<float>();
        for (int i = 0; i < x.Length; i++)
        {
            double exact = Special.LogGamma(x[i]);
            Assert.True(
                y[i] == (float)exact || Math.Abs((y[i] - exact) / exact) < 6.0e-8 || Math.Abs(exact) < 1e-7,
                $"LogGamma({x[i]}): {y[i]}, expected {exact:R}.");
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
