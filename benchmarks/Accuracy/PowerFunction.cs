using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>x to a power that follows from the bits of x, such that the logarithms of the results are spread over the range of normal numbers.</summary>
internal sealed class PowerFunction(double boundSingle, double boundDouble) : VectorFunction("Pow", 1e-300, 1e300, boundSingle, boundDouble)
{
    public override DoubleDouble Reference<T>(T x) => DoubleDouble.Exp(double.CreateChecked(Exponent(x)) * DoubleDouble.Log(double.CreateChecked(x)));

    public override void Run<T>(int width, ReadOnlySpan<T> x, Span<T> y)
    {
        var exponents = new T[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            exponents[i] = Exponent(x[i]);
        }

        switch (width)
        {
            case 1024:
                ElementwiseLoop.Binary<Pow.Kernel, T, LanesPair<Lanes512<T>, T>>(x, exponents, y);
                break;
            case 512:
                ElementwiseLoop.Binary<Pow.Kernel, T, Lanes512<T>>(x, exponents, y);
                break;
            case 256:
                ElementwiseLoop.Binary<Pow.Kernel, T, Lanes256<T>>(x, exponents, y);
                break;
            default:
                ElementwiseLoop.Binary<Pow.Kernel, T, Lanes128<T>>(x, exponents, y);
                break;
        }
    }

    private static T Exponent<T>(T x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The golden ratio in 64 bits spreads neighbours over the whole range (Knuth, TAOCP 3, 6.4).
        double value = double.CreateChecked(x), place = (BitConverter.DoubleToUInt64Bits(value) * 0x9E3779B97F4A7C15) / Math.ScaleB(1, 64);
        double range = typeof(T) == typeof(float) ? 125 : 1021;
        return value == 1 ? T.One : T.CreateTruncating(((2 * place) - 1) * range / Math.Log2(value));
    }
}
