using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>A function of <see cref="VectorMath"/>, its reference, where to measure it, and the largest errors that it may have.</summary>
internal abstract class VectorFunction(
    string name, Func<double, DoubleDouble> reference, double low, double high, double ulpsSingle, double ulpsDouble)
{
    public string Name => name;

    public double UlpsSingle => ulpsSingle;

    public double UlpsDouble => ulpsDouble;

    public DoubleDouble Reference(double x) => reference(x);

    public abstract void Run<T>(int width, ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Uniform points of the range, and points whose logarithm is uniform, so that all magnitudes occur.</summary>
    public double[] Points(int count)
    {
        var random = new Random(20240607);
        double[] points = new double[count];
        for (int i = 0; i < count; i++)
        {
            double bound = random.Next(2) == 0 ? low : high;
            points[i] = i % 2 == 0 || bound == 0
                ? low + ((high - low) * random.NextDouble())
                : Math.Clamp(Math.CopySign(Math.Pow(10, -12 + (random.NextDouble() * (12 + Math.Log10(Math.Abs(bound))))), bound), low, high);
        }

        return points;
    }

    public override string ToString() => name;
}

internal sealed class VectorFunction<K>(
    string name, Func<double, DoubleDouble> reference, double low, double high, double ulpsSingle, double ulpsDouble)
    : VectorFunction(name, reference, low, high, ulpsSingle, ulpsDouble)
    where K : struct, IUnaryKernel
{
    public override void Run<T>(int width, ReadOnlySpan<T> x, Span<T> y)
    {
        switch (width)
        {
            case 1024:
                ElementwiseLoop.Unary<K, T, LanesPair<Lanes512<T>, T>>(x, y);
                break;
            case 512:
                ElementwiseLoop.Unary<K, T, Lanes512<T>>(x, y);
                break;
            case 256:
                ElementwiseLoop.Unary<K, T, Lanes256<T>>(x, y);
                break;
            default:
                ElementwiseLoop.Unary<K, T, Lanes128<T>>(x, y);
                break;
        }
    }
}
