using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public unsafe class BooleanLoopTests
{
    private const byte Untouched = 77;

    [Fact]
    public void Compare_AnyLengthAndWidth_WritesABooleanAnElementAndNothingElse()
    {
        CheckCompare<float, Lanes512<float>>();
        CheckCompare<float, Lanes256<float>>();
        CheckCompare<float, Lanes128<float>>();
        CheckCompare<double, Lanes512<double>>();
        CheckCompare<double, Lanes256<double>>();
        CheckCompare<double, Lanes128<double>>();
    }

    [Fact]
    public void Select_AnyLengthAndWidth_TakesTheElementThatTheMaskSays()
    {
        CheckSelect<float, Lanes512<float>>();
        CheckSelect<float, Lanes256<float>>();
        CheckSelect<float, Lanes128<float>>();
        CheckSelect<double, Lanes512<double>>();
        CheckSelect<double, Lanes256<double>>();
        CheckSelect<double, Lanes128<double>>();
    }

    private static void CheckCompare<T, V>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (int length = 0; length <= 70; length++)
        {
            T[] a = Values<T>(length, 7), b = Values<T>(length, 5);
            byte[] y = new byte[length + 2];
            Array.Fill(y, Untouched);
            fixed (T* left = a, right = b)
            {
                fixed (byte* result = y)
                {
                    BooleanLoop.Compare<LessThan.Kernel, T, V>(left, right, result + 1, length, 0);
                }
            }

            Assert.Equal([Untouched, .. a.Zip(b, (p, q) => p < q ? (byte)1 : (byte)0), Untouched], y);
        }
    }

    private static void CheckSelect<T, V>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (int length = 0; length <= 70; length++)
        {
            T[] a = Values<T>(length, 7), b = Values<T>(length, 5), y = new T[length + 2];
            byte[] mask = [.. Enumerable.Range(0, length).Select(i => (byte)(i * i % 3 % 2))];
            T untouched = T.CreateChecked(Untouched);
            Array.Fill(y, untouched);
            fixed (T* left = a, right = b, result = y)
            {
                fixed (byte* flags = mask)
                {
                    BooleanLoop.Select<T, V>(flags, left, right, result + 1, length, 0);
                }
            }

            Assert.Equal([untouched, .. mask.Select((flag, i) => flag == 1 ? a[i] : b[i]), untouched], y);
        }
    }

    private static T[] Values<T>(int length, int step) where T : IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, length).Select(i => T.CreateChecked((i * step % 11) - 5))];
}
