using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>A function of one operand.</summary>
internal sealed class UnaryFunction<K>(
    string name, Func<double, DoubleDouble> reference, double low, double high, double boundSingle, double boundDouble)
    : VectorFunction(name, low, high, boundSingle, boundDouble)
    where K : struct, IUnaryKernel
{
    public override DoubleDouble Reference<T>(T x) => reference(double.CreateChecked(x));

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
