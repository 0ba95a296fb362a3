using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The one loop behind every elementwise op. The tail runs through the same vector code as the rest, on a padded register, so an
/// element's bits do not depend on where it stands. The result may overwrite an operand in place (the same span, not one shifted).
/// </summary>
internal static class ElementwiseLoop
{
    /// <summary>y = K(x).</summary>
    public static void Unary<K, T>(ReadOnlySpan<T> x, Span<T> y)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Unary<K, T, Lanes512<T>>(x, y);
        }
        else if (Simd.Use256)
        {
            Unary<K, T, Lanes256<T>>(x, y);
        }
        else
        {
            Unary<K, T, Lanes128<T>>(x, y);
        }
    }

    /// <summary>y = K(a, b); an operand of length 1 is broadcast.</summary>
    public static void Binary<K, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Binary<K, T, Lanes512<T>>(a, b, y);
        }
        else if (Simd.Use256)
        {
            Binary<K, T, Lanes256<T>>(a, b, y);
        }
        else
        {
            Binary<K, T, Lanes128<T>>(a, b, y);
        }
    }

    /// <summary>y = K(a, b, c); an operand of length 1 is broadcast.</summary>
    public static void Ternary<K, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Ternary<K, T, Lanes512<T>>(a, b, c, y);
        }
        else if (Simd.Use256)
        {
            Ternary<K, T, Lanes256<T>>(a, b, c, y);
        }
        else
        {
            Ternary<K, T, Lanes128<T>>(a, b, c, y);
        }
    }

    internal static void Unary<K, T, V>(ReadOnlySpan<T> x, Span<T> y)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(x.Length == y.Length, x.Length, y.Length);
        int whole = y.Length - (y.Length % V.Count);
        ref T from = ref MemoryMarshal.GetReference(x);
        ref T to = ref MemoryMarshal.GetReference(y);
        UnaryWhole<K, T, V>(ref from, ref to, (nuint)whole);
        if (whole < y.Length)
        {
            int rest = y.Length - whole;
            V padded = Pad<V, T>(ref Unsafe.Add(ref from, whole), rest);
            V result = default;
            UnaryWhole<K, T, V>(ref Unsafe.As<V, T>(ref padded), ref Unsafe.As<V, T>(ref result), (nuint)V.Count);
            Unpad<V, T>(ref result, ref Unsafe.Add(ref to, whole), rest);
        }
    }

    internal static void Binary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(a.Length == y.Length || a.Length == 1, a.Length, y.Length);
        Require(b.Length == y.Length || b.Length == 1, b.Length, y.Length);
        int whole = y.Length - (y.Length % V.Count);
        int rest = y.Length - whole;
        bool oneA = a.Length == 1 && y.Length != 1, oneB = b.Length == 1 && y.Length != 1;
        V scalarA = oneA ? V.Broadcast(a[0]) : default, scalarB = oneB ? V.Broadcast(b[0]) : default;
        ref T fromA = ref oneA ? ref Unsafe.As<V, T>(ref scalarA) : ref MemoryMarshal.GetReference(a);
        ref T fromB = ref oneB ? ref Unsafe.As<V, T>(ref scalarB) : ref MemoryMarshal.GetReference(b);
        nuint stepA = oneA ? 0 : (nuint)1, stepB = oneB ? 0 : (nuint)1;
        ref T to = ref MemoryMarshal.GetReference(y);
        BinaryWhole<K, T, V>(ref fromA, stepA, ref fromB, stepB, ref to, (nuint)whole);
        if (rest != 0)
        {
            V tailA = oneA ? scalarA : Pad<V, T>(ref Unsafe.Add(ref fromA, whole), rest);
            V tailB = oneB ? scalarB : Pad<V, T>(ref Unsafe.Add(ref fromB, whole), rest);
            V result = default;
            BinaryWhole<K, T, V>(
                ref Unsafe.As<V, T>(ref tailA), 1, ref Unsafe.As<V, T>(ref tailB), 1, ref Unsafe.As<V, T>(ref result), (nuint)V.Count);
            Unpad<V, T>(ref result, ref Unsafe.Add(ref to, whole), rest);
        }
    }

    internal static void Ternary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(a.Length == y.Length || a.Length == 1, a.Length, y.Length);
        Require(b.Length == y.Length || b.Length == 1, b.Length, y.Length);
        Require(c.Length == y.Length || c.Length == 1, c.Length, y.Length);
        int whole = y.Length - (y.Length % V.Count);
        int rest = y.Length - whole;
        bool oneA = a.Length == 1 && y.Length != 1, oneB = b.Length == 1 && y.Length != 1, oneC = c.Length == 1 && y.Length != 1;
        V scalarA = oneA ? V.Broadcast(a[0]) : default, scalarB = oneB ? V.Broadcast(b[0]) : default;
        V scalarC = oneC ? V.Broadcast(c[0]) : default;
        ref T fromA = ref oneA ? ref Unsafe.As<V, T>(ref scalarA) : ref MemoryMarshal.GetReference(a);
        ref T fromB = ref oneB ? ref Unsafe.As<V, T>(ref scalarB) : ref MemoryMarshal.GetReference(b);
        ref T fromC = ref oneC ? ref Unsafe.As<V, T>(ref scalarC) : ref MemoryMarshal.GetReference(c);
        nuint stepA = oneA ? 0 : (nuint)1, stepB = oneB ? 0 : (nuint)1, stepC = oneC ? 0 : (nuint)1;
        ref T to = ref MemoryMarshal.GetReference(y);
        TernaryWhole<K, T, V>(ref fromA, stepA, ref fromB, stepB, ref fromC, stepC, ref to, (nuint)whole);
        if (rest != 0)
        {
            V tailA = oneA ? scalarA : Pad<V, T>(ref Unsafe.Add(ref fromA, whole), rest);
            V tailB = oneB ? scalarB : Pad<V, T>(ref Unsafe.Add(ref fromB, whole), rest);
            V tailC = oneC ? scalarC : Pad<V, T>(ref Unsafe.Add(ref fromC, whole), rest);
            V result = default;
            TernaryWhole<K, T, V>(
                ref Unsafe.As<V, T>(ref tailA), 1, ref Unsafe.As<V, T>(ref tailB), 1, ref Unsafe.As<V, T>(ref tailC), 1,
                ref Unsafe.As<V, T>(ref result), (nuint)V.Count);
            Unpad<V, T>(ref result, ref Unsafe.Add(ref to, whole), rest);
        }
    }

    // The kernel is inlined exactly once a loop: a second copy would exhaust the JIT's inlining budget for the longer functions.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void UnaryWhole<K, T, V>(ref T x, ref T y, nuint length)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (nuint i = 0; i < length; i += (nuint)V.Count)
        {
            K.Apply<V, T>(V.Load(in x, i)).Store(ref y, i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void BinaryWhole<K, T, V>(ref T a, nuint stepA, ref T b, nuint stepB, ref T y, nuint length)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (nuint i = 0; i < length; i += (nuint)V.Count)
        {
            K.Apply<V, T>(V.Load(in a, i * stepA), V.Load(in b, i * stepB)).Store(ref y, i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void TernaryWhole<K, T, V>(
        ref T a, nuint stepA, ref T b, nuint stepB, ref T c, nuint stepC, ref T y, nuint length)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (nuint i = 0; i < length; i += (nuint)V.Count)
        {
            K.Apply<V, T>(V.Load(in a, i * stepA), V.Load(in b, i * stepB), V.Load(in c, i * stepC)).Store(ref y, i);
        }
    }

    private static V Pad<V, T>(ref T source, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V padded = default;
        MemoryMarshal.CreateReadOnlySpan(ref source, count).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.As<V, T>(ref padded), count));
        return padded;
    }

    private static void Unpad<V, T>(ref V padded, ref T destination, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<V, T>(ref padded), count).CopyTo(MemoryMarshal.CreateSpan(ref destination, count));

    private static void Require(bool condition, int operand, int result)
    {
        if (!condition)
        {
            throw new ArgumentException($"ElementwiseLoop: an operand has {operand} elements and the result {result}; they must agree, or the operand must have one.");
        }
    }
}
