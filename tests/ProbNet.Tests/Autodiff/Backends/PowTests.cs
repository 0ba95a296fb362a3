using System.Numerics;
using ProbNet.Autodiff;
using ProbNet.Benchmarks;

namespace ProbNet.Tests.Autodiff;

public class PowTests
{
    private const double Infinity = double.PositiveInfinity;

    // No result of the sample is further off than this; 0.5 is the rounding itself.
    private const double Bound = 0.75;

    [Fact]
    public void Float_OverItsRange_StaysWithinItsBound() => Check<float>(-37, 38);

    [Fact]
    public void Double_OverItsRange_StaysWithinItsBound() => Check<double>(-307, 308);

    [Theory]
    [InlineData(3, 2, 9)]
    [InlineData(-3, 3, -27)]
    [InlineData(10, 3, 1000)]
    [InlineData(2, -3, 0.125)]
    [InlineData(7, 1, 7)]
    [InlineData(0.25, 0.5, 0.5)]
    [InlineData(2, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(1, double.NaN, 1)]
    [InlineData(1, Infinity, 1)]
    [InlineData(-1, Infinity, 1)]
    [InlineData(-1, double.NaN, double.NaN)]
    [InlineData(double.NaN, 2, double.NaN)]
    [InlineData(2, double.NaN, double.NaN)]
    [InlineData(-8, 1.0 / 3, double.NaN)]
    [InlineData(0, 2, 0)]
    [InlineData(-0.0, 3, -0.0)]
    [InlineData(-0.0, 2, 0)]
    [InlineData(0, -2, Infinity)]
    [InlineData(-0.0, -3, -Infinity)]
    [InlineData(0, 0, 1)]
    [InlineData(2, Infinity, Infinity)]
    [InlineData(2, -Infinity, 0)]
    [InlineData(0.5, Infinity, 0)]
    [InlineData(0.5, -Infinity, Infinity)]
    [InlineData(-2, Infinity, Infinity)]
    [InlineData(Infinity, 0.5, Infinity)]
    [InlineData(Infinity, -1, 0)]
    [InlineData(-Infinity, 3, -Infinity)]
    [InlineData(-Infinity, 0.5, Infinity)]
    [InlineData(-Infinity, -3, -0.0)]
    [InlineData(10, 400, Infinity)]
    [InlineData(10, -400, 0)]
    [InlineData(-10, 401, -Infinity)]
    public void EveryWidth_AtACornerOrAnExactPower_GivesIt(double x, double y, double expected)
    {
        Assert.Equal(expected, Math.Pow(x, y));
        foreach (int width in new[] { 512, 256, 128 })
        {
            float[] single = Run<float>(width, [(float)x], [(float)y]);
            double[] wide = Run<double>(width, [x], [y]);
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected) | (double.IsNaN(expected) ? long.MinValue : 0), Bits(single[0]));
            Assert.Equal(BitConverter.DoubleToInt64Bits(expected) | (double.IsNaN(expected) ? long.MinValue : 0), Bits(wide[0]));
        }

        static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);
    }

    private static void Check<T>(double low, double high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Half of the powers lie anywhere in the range of T, half near 1, where the logarithm loses digits if it can.
        const int Count = 4000;
        var random = new Random(7);
        T[] x = new T[Count], y = new T[Count];
        for (int i = 0; i < Count; i++)
        {
            double at = low + ((high - low) * random.NextDouble());
            double power = i % 2 == 0 ? (random.NextDouble() * 6) - 3 : Math.Pow(10, (random.NextDouble() * 6) - 1);
            x[i] = T.CreateTruncating(Math.Pow(10, at / Math.Max(Math.Abs(power), 1)));
            y[i] = T.CreateTruncating(power);
        }

        foreach (int width in new[] { 512, 256, 128 })
        {
            T[] got = Run(width, x, y);
            for (int i = 0; i < Count; i++)
            {
                DoubleDouble exact = DoubleDouble.Exp(
                    double.CreateChecked(y[i]) * DoubleDouble.Log(double.CreateChecked(x[i])));
                T rounded = T.CreateTruncating(exact.High);
                if (!T.IsFinite(rounded) || !T.IsNormal(rounded))
                {
                    continue;
                }

                double ulp = double.CreateChecked(T.BitIncrement(rounded) - rounded);
                double error = Math.Abs((double.CreateChecked(got[i]) - exact.High) - exact.Low) / ulp;
                Assert.True(error <= Bound, $"{x[i]} ^ {y[i]}: {got[i]}, {error:F2} ulp from {exact.High:R}.");
            }
        }
    }

    private static T[] Run<T>(int width, T[] x, T[] y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] result = new T[x.Length];
        switch (width)
        {
            case 512:
                ElementwiseLoop.Binary<PowKernel, T, Lanes512<T>>(x, y, result);
                break;
            case 256:
                ElementwiseLoop.Binary<PowKernel, T, Lanes256<T>>(x, y, result);
                break;
            default:
                ElementwiseLoop.Binary<PowKernel, T, Lanes128<T>>(x, y, result);
                break;
        }

        return result;
    }

    private readonly struct PowKernel : IBinaryKernel
    {
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Pow<V, T>(a, b);
    }
}
