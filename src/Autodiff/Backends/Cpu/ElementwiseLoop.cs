using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The one loop behind every elementwise op. The tail runs through the same vector code as the rest, on a padded register, so an
/// element's bits do not depend on where it stands. The result may overwrite an operand in place (the same span, not one shifted).
/// </summary>
/// <remarks>
/// The kernel stands once in each method, in a loop that runs over the whole registers and then over the padded one. A second copy,
/// or a loop in a small method of its own, exhausts the JIT's inlining budget for the longer functions: it grows with the caller's size.
/// </remarks>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unary<K, T, V>(ReadOnlySpan<T> x, Span<T> y)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(x.Length == y.Length, x.Length, y.Length);
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)y.Length % count;
        nuint end = (nuint)y.Length - rest;
        ref T to = ref MemoryMarshal.GetReference(y);
        V result = default;
        ref T from = ref MemoryMarshal.GetReference(x);
        V padded = default;
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in from, i)).Store(ref to, i);
            }

            if (tail)
            {
                Copy(ref Lane<V, T>(ref result), ref Unsafe.Add(ref MemoryMarshal.GetReference(y), y.Length - (int)rest), rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            Copy(ref Unsafe.Add(ref from, end), ref Lane<V, T>(ref padded), rest);
            from = ref Lane<V, T>(ref padded);
            to = ref Lane<V, T>(ref result);
            end = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Binary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(a.Length == y.Length || a.Length == 1, a.Length, y.Length);
        Require(b.Length == y.Length || b.Length == 1, b.Length, y.Length);
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)y.Length % count;
        nuint end = (nuint)y.Length - rest;
        ref T to = ref MemoryMarshal.GetReference(y);
        V result = default;
        bool oneA = a.Length == 1;
        nuint maskA = oneA ? 0 : nuint.MaxValue;
        V paddedA = oneA ? V.Broadcast(a[0]) : default;
        ref T fromA = ref oneA ? ref Lane<V, T>(ref paddedA) : ref MemoryMarshal.GetReference(a);
        bool oneB = b.Length == 1;
        nuint maskB = oneB ? 0 : nuint.MaxValue;
        V paddedB = oneB ? V.Broadcast(b[0]) : default;
        ref T fromB = ref oneB ? ref Lane<V, T>(ref paddedB) : ref MemoryMarshal.GetReference(b);
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in fromA, i & maskA), V.Load(in fromB, i & maskB)).Store(ref to, i);
            }

            if (tail)
            {
                Copy(ref Lane<V, T>(ref result), ref Unsafe.Add(ref MemoryMarshal.GetReference(y), y.Length - (int)rest), rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            if (!oneA)
            {
                Copy(ref Unsafe.Add(ref fromA, end), ref Lane<V, T>(ref paddedA), rest);
                fromA = ref Lane<V, T>(ref paddedA);
            }

            if (!oneB)
            {
                Copy(ref Unsafe.Add(ref fromB, end), ref Lane<V, T>(ref paddedB), rest);
                fromB = ref Lane<V, T>(ref paddedB);
            }

            to = ref Lane<V, T>(ref result);
            end = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Ternary<K, T, V>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        Require(a.Length == y.Length || a.Length == 1, a.Length, y.Length);
        Require(b.Length == y.Length || b.Length == 1, b.Length, y.Length);
        Require(c.Length == y.Length || c.Length == 1, c.Length, y.Length);
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)y.Length % count;
        nuint end = (nuint)y.Length - rest;
        ref T to = ref MemoryMarshal.GetReference(y);
        V result = default;
        bool oneA = a.Length == 1;
        nuint maskA = oneA ? 0 : nuint.MaxValue;
        V paddedA = oneA ? V.Broadcast(a[0]) : default;
        ref T fromA = ref oneA ? ref Lane<V, T>(ref paddedA) : ref MemoryMarshal.GetReference(a);
        bool oneB = b.Length == 1;
        nuint maskB = oneB ? 0 : nuint.MaxValue;
        V paddedB = oneB ? V.Broadcast(b[0]) : default;
        ref T fromB = ref oneB ? ref Lane<V, T>(ref paddedB) : ref MemoryMarshal.GetReference(b);
        bool oneC = c.Length == 1;
        nuint maskC = oneC ? 0 : nuint.MaxValue;
        V paddedC = oneC ? V.Broadcast(c[0]) : default;
        ref T fromC = ref oneC ? ref Lane<V, T>(ref paddedC) : ref MemoryMarshal.GetReference(c);
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in fromA, i & maskA), V.Load(in fromB, i & maskB), V.Load(in fromC, i & maskC))
                    .Store(ref to, i);
            }

            if (tail)
            {
                Copy(ref Lane<V, T>(ref result), ref Unsafe.Add(ref MemoryMarshal.GetReference(y), y.Length - (int)rest), rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            if (!oneA)
            {
                Copy(ref Unsafe.Add(ref fromA, end), ref Lane<V, T>(ref paddedA), rest);
                fromA = ref Lane<V, T>(ref paddedA);
            }

            if (!oneB)
            {
                Copy(ref Unsafe.Add(ref fromB, end), ref Lane<V, T>(ref paddedB), rest);
                fromB = ref Lane<V, T>(ref paddedB);
            }

            if (!oneC)
            {
                Copy(ref Unsafe.Add(ref fromC, end), ref Lane<V, T>(ref paddedC), rest);
                fromC = ref Lane<V, T>(ref paddedC);
            }

            to = ref Lane<V, T>(ref result);
            end = count;
        }
    }

    /// <summary>The first lane of a register that outlives every use of the reference.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Lane<V, T>(scoped ref V register)
        where V : struct
        where T : unmanaged => ref MemoryMarshal.GetReference(MemoryMarshal.CreateSpan(ref Unsafe.As<V, T>(ref register), 1));

    private static void Copy<T>(ref T source, ref T destination, nuint count)
        where T : unmanaged
    {
        for (nuint i = 0; i < count; i++)
        {
            Unsafe.Add(ref destination, i) = Unsafe.Add(ref source, i);
        }
    }

    private static void Require(bool condition, int operand, int result)
    {
        if (!condition)
        {
            throw new ArgumentException(
                $"ElementwiseLoop: an operand has {operand} elements, the result {result}; they must agree, or the operand must have one.");
        }
    }
}
