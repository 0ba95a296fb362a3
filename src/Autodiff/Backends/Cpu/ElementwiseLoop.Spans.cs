using System.Numerics;

namespace ProbNet.Autodiff;

// The same over spans; an operand of length 1 is constant.
internal static unsafe partial class ElementwiseLoop
{
    /// <summary>y = K(a).</summary>
    public static void Unary<K, T>(ReadOnlySpan<T> a, Span<T> y)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int constant = Constant(a.Length, y.Length, 1);
        fixed (T* aData = a, yData = y)
        {
            Unary<K, T>(aData, yData, y.Length, constant);
        }
    }

    internal static void Unary<K, T, V>(ReadOnlySpan<T> a, Span<T> y)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        int constant = Constant(a.Length, y.Length, 1);
        fixed (T* aData = a, yData = y)
        {
            Unary<K, T, V>(aData, yData, y.Length, constant);
        }
    }

    /// <summary>y = K(a, b).</summary>
    public static void Binary<K, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int constant = Constant(a.Length, y.Length, 1) | Constant(b.Length, y.Length, 2);
        fixed (T* aData = a, bData = b, yData = y)
        {
            Binary<K, T>(aData, bData, yData, y.Length, constant);
        }
    }

    internal static void Binary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        int constant = Constant(a.Length, y.Length, 1) | Constant(b.Length, y.Length, 2);
        fixed (T* aData = a, bData = b, yData = y)
        {
            Binary<K, T, V>(aData, bData, yData, y.Length, constant);
        }
    }

    /// <summary>y = K(a, b, c).</summary>
    public static void Ternary<K, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int constant = Constant(a.Length, y.Length, 1) | Constant(b.Length, y.Length, 2) | Constant(c.Length, y.Length, 4);
        fixed (T* aData = a, bData = b, cData = c, yData = y)
        {
            Ternary<K, T>(aData, bData, cData, yData, y.Length, constant);
        }
    }

    internal static void Ternary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        int constant = Constant(a.Length, y.Length, 1) | Constant(b.Length, y.Length, 2) | Constant(c.Length, y.Length, 4);
        fixed (T* aData = a, bData = b, cData = c, yData = y)
        {
            Ternary<K, T, V>(aData, bData, cData, yData, y.Length, constant);
        }
    }

    private static int Constant(int operand, int result, int bit) => operand == result
        ? 0
        : operand == 1
            ? bit
            : throw new ArgumentException(
                $"ElementwiseLoop: an operand has {operand} elements, the result {result}; they must agree, or the operand must have one.");
}
