using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ElementwiseLoopTests
{
    [Fact]
    public void Unary_AnyLengthAndWidth_TouchesEachElementOnceAndNothingElse()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] x = Ramp<float>(length);
            foreach (Action<float[], float[]> run in new Action<float[], float[]>[]
            {
                (a, y) => ElementwiseLoop.Unary<TwicePlusOne, float, Lanes512<float>>(a, y.AsSpan(1, length)),
                (a, y) => ElementwiseLoop.Unary<TwicePlusOne, float, Lanes256<float>>(a, y.AsSpan(1, length)),
                (a, y) => ElementwiseLoop.Unary<TwicePlusOne, float, Lanes128<float>>(a, y.AsSpan(1, length)),
                (a, y) => ElementwiseLoop.Unary<TwicePlusOne, float>(a, y.AsSpan(1, length)),
            })
            {
                float[] y = new float[length + 2];
                y[0] = y[^1] = -77;
                run(x, y);
                Assert.Equal([-77, .. x.Select(v => (2 * v) + 1), -77], y);
            }
        }
    }

    [Fact]
    public void Unary_InPlace_GivesTheSameAsOutOfPlace()
    {
        for (int length = 0; length <= 256; length++)
        {
            double[] x = Ramp<double>(length), expected = new double[length];
            ElementwiseLoop.Unary<TwicePlusOne, double>(x, expected);
            ElementwiseLoop.Unary<TwicePlusOne, double>(x, x);
            Assert.Equal(expected, x);
        }
    }

    [Fact]
    public void Unary_ElementAtAnyPosition_HasTheSameBits()
    {
        float[] x = new float[100], y = new float[100];
        for (int length = 1; length <= 100; length++)
        {
            x.AsSpan(0, length).Fill(1.2345f);
            ElementwiseLoop.Unary<ExpKernel, float>(x.AsSpan(0, length), y.AsSpan(0, length));
            Assert.All(y.Take(length), v => Assert.Equal(y[0], v));
        }
    }

    [Fact]
    public void Binary_ScalarOperands_AreBroadcast()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] a = Ramp<float>(length), b = [.. a.Select(v => v + 3)], one = [5], y = new float[length];
            ElementwiseLoop.Binary<Minus, float>(a, b, y);
            Assert.Equal(a.Zip(b, (p, q) => p - q), y);
            ElementwiseLoop.Binary<Minus, float>(a, one, y);
            Assert.Equal(a.Select(p => p - 5), y);
            ElementwiseLoop.Binary<Minus, float>(one, b, y);
            Assert.Equal(b.Select(q => 5 - q), y);
            ElementwiseLoop.Binary<Minus, float>(one, one, y);
            Assert.All(y, v => Assert.Equal(0, v));
            ElementwiseLoop.Binary<Minus, float>(a, b, b);
            Assert.All(b, v => Assert.Equal(-3, v));
        }
    }

    [Fact]
    public void Ternary_ScalarOperands_AreBroadcast()
    {
        double[] one = [2];
        for (int length = 0; length <= 256; length++)
        {
            double[] a = Ramp<double>(length), y = new double[length];
            ElementwiseLoop.Ternary<Fused, double>(a, a, a, y);
            Assert.Equal(a.Select(v => (v * v) + v), y);
            ElementwiseLoop.Ternary<Fused, double>(one, a, one, y);
            Assert.Equal(a.Select(v => (2 * v) + 2), y);
            ElementwiseLoop.Ternary<Fused, double>(a, one, a, a);
            Assert.Equal(Ramp<double>(length).Select(v => 3 * v), a);
        }
    }

    [Fact]
    public void Binary_LengthsThatDisagree_Throw()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => ElementwiseLoop.Binary<Minus, float>(new float[3], new float[2], new float[3]));
        Assert.Contains("2 elements", e.Message);
    }

    private static T[] Ramp<T>(int length)
        where T : INumberBase<T> => [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(i - 7))];

    private readonly struct TwicePlusOne : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => x + x + V.Constant(1);
    }

    private readonly struct ExpKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp<V, T>(x);
    }

    private readonly struct Minus : IBinaryKernel
    {
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a - b;
    }

    private readonly struct Fused : ITernaryKernel
    {
        public static V Apply<V, T>(V a, V b, V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => V.MultiplyAdd(a, b, c);
    }
}
