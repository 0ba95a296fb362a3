using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The one loop behind every elementwise op. The tail runs through the same vector code as the rest, on a padded register, so an
/// element's bits do not depend on where it stands. The result may overwrite an operand in place (the same elements, not shifted).
/// </summary>
/// <remarks>
/// The kernel stands once in each method, in a loop that runs over the whole registers and then over the padded one. A second copy,
/// or a loop in a small method of its own, exhausts the JIT's inlining budget for the longer functions: it grows with the caller's size.
/// </remarks>
internal static unsafe partial class ElementwiseLoop
{
    /// <summary>y = K(a). Operands whose bit of <paramref name="constant"/> is set are one element that stands for all.</summary>
    public static void Unary<K, T>(T* a, T* y, int length, int constant)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512 && K.Paired && typeof(T) == typeof(float))
        {
            Unary<K, T, LanesPair<Lanes512<T>, T>>(a, y, length, constant);
        }
        else if (Simd.Use512)
        {
            Unary<K, T, Lanes512<T>>(a, y, length, constant);
        }
        else if (Simd.Use256)
        {
            Unary<K, T, Lanes256<T>>(a, y, length, constant);
        }
        else
        {
            Unary<K, T, Lanes128<T>>(a, y, length, constant);
        }
    }

    /// <summary>y = K(a, b). Operands whose bit of <paramref name="constant"/> is set are one element that stands for all.</summary>
    public static void Binary<K, T>(T* a, T* b, T* y, int length, int constant)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Binary<K, T, Lanes512<T>>(a, b, y, length, constant);
        }
        else if (Simd.Use256)
        {
            Binary<K, T, Lanes256<T>>(a, b, y, length, constant);
        }
        else
        {
            Binary<K, T, Lanes128<T>>(a, b, y, length, constant);
        }
    }

    /// <summary>y = K(a, b, c). Operands whose bit of <paramref name="constant"/> is set are one element that stands for all.</summary>
    public static void Ternary<K, T>(T* a, T* b, T* c, T* y, int length, int constant)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Ternary<K, T, Lanes512<T>>(a, b, c, y, length, constant);
        }
        else if (Simd.Use256)
        {
            Ternary<K, T, Lanes256<T>>(a, b, c, y, length, constant);
        }
        else
        {
            Ternary<K, T, Lanes128<T>>(a, b, c, y, length, constant);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Unary<K, T, V>(T* a, T* y, int length, int constant)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)length % count;
        nuint end = (nuint)length - rest;
        V result = default;
        T* to = y;
        bool oneA = (constant & 1) != 0;
        nuint maskA = oneA ? 0 : nuint.MaxValue;
        V paddedA = oneA ? V.Broadcast(*a) : default;
        a = oneA ? Lanes<V, T>(ref paddedA) : a;
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in *a, i & maskA)).Store(ref *to, i);
            }

            if (tail)
            {
                Copy(to, y + length - rest, rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            if (!oneA)
            {
                Copy(a + end, Lanes<V, T>(ref paddedA), rest);
                a = Lanes<V, T>(ref paddedA);
            }

            to = Lanes<V, T>(ref result);
            end = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Binary<K, T, V>(T* a, T* b, T* y, int length, int constant)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)length % count;
        nuint end = (nuint)length - rest;
        V result = default;
        T* to = y;
        bool oneA = (constant & 1) != 0;
        nuint maskA = oneA ? 0 : nuint.MaxValue;
        V paddedA = oneA ? V.Broadcast(*a) : default;
        a = oneA ? Lanes<V, T>(ref paddedA) : a;
        bool oneB = (constant & 2) != 0;
        nuint maskB = oneB ? 0 : nuint.MaxValue;
        V paddedB = oneB ? V.Broadcast(*b) : default;
        b = oneB ? Lanes<V, T>(ref paddedB) : b;
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in *a, i & maskA), V.Load(in *b, i & maskB)).Store(ref *to, i);
            }

            if (tail)
            {
                Copy(to, y + length - rest, rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            if (!oneA)
            {
                Copy(a + end, Lanes<V, T>(ref paddedA), rest);
                a = Lanes<V, T>(ref paddedA);
            }

            if (!oneB)
            {
                Copy(b + end, Lanes<V, T>(ref paddedB), rest);
                b = Lanes<V, T>(ref paddedB);
            }

            to = Lanes<V, T>(ref result);
            end = count;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Ternary<K, T, V>(T* a, T* b, T* c, T* y, int length, int constant)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        nuint count = (nuint)V.Count;
        nuint rest = (nuint)length % count;
        nuint end = (nuint)length - rest;
        V result = default;
        T* to = y;
        bool oneA = (constant & 1) != 0;
        nuint maskA = oneA ? 0 : nuint.MaxValue;
        V paddedA = oneA ? V.Broadcast(*a) : default;
        a = oneA ? Lanes<V, T>(ref paddedA) : a;
        bool oneB = (constant & 2) != 0;
        nuint maskB = oneB ? 0 : nuint.MaxValue;
        V paddedB = oneB ? V.Broadcast(*b) : default;
        b = oneB ? Lanes<V, T>(ref paddedB) : b;
        bool oneC = (constant & 4) != 0;
        nuint maskC = oneC ? 0 : nuint.MaxValue;
        V paddedC = oneC ? V.Broadcast(*c) : default;
        c = oneC ? Lanes<V, T>(ref paddedC) : c;
        for (bool tail = false; ; tail = true)
        {
            for (nuint i = 0; i < end; i += count)
            {
                K.Apply<V, T>(V.Load(in *a, i & maskA), V.Load(in *b, i & maskB), V.Load(in *c, i & maskC)).Store(ref *to, i);
            }

            if (tail)
            {
                Copy(to, y + length - rest, rest);
                return;
            }

            if (rest == 0)
            {
                return;
            }

            if (!oneA)
            {
                Copy(a + end, Lanes<V, T>(ref paddedA), rest);
                a = Lanes<V, T>(ref paddedA);
            }

            if (!oneB)
            {
                Copy(b + end, Lanes<V, T>(ref paddedB), rest);
                b = Lanes<V, T>(ref paddedB);
            }

            if (!oneC)
            {
                Copy(c + end, Lanes<V, T>(ref paddedC), rest);
                c = Lanes<V, T>(ref paddedC);
            }

            to = Lanes<V, T>(ref result);
            end = count;
        }
    }

    /// <summary>The lanes of a register on the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T* Lanes<V, T>(ref V register)
        where V : struct
        where T : unmanaged => (T*)Unsafe.AsPointer(ref register);

    private static void Copy<T>(T* source, T* destination, nuint count)
        where T : unmanaged
    {
        for (nuint i = 0; i < count; i++)
        {
            destination[i] = source[i];
        }
    }
}
