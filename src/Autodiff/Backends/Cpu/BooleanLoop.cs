using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The loops where numbers meet booleans, a byte of 0 or 1 each: comparisons and selections. As in <see cref="ElementwiseLoop"/>, an incomplete
/// register is padded, and nothing beyond the elements is read or written.
/// </summary>
internal static unsafe class BooleanLoop
{
    private const int WidestRegister = 16;

    /// <summary>y = K(a, b); bit 0 of <paramref name="constant"/> says that a is one element, bit 1 that b is.</summary>
    public static void Compare<K, T>(T* a, T* b, byte* y, int length, int constant)
        where K : struct, IComparisonKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Compare<K, T, Lanes512<T>>(a, b, y, length, constant);
        }
        else if (Simd.Use256)
        {
            Compare<K, T, Lanes256<T>>(a, b, y, length, constant);
        }
        else
        {
            Compare<K, T, Lanes128<T>>(a, b, y, length, constant);
        }
    }

    /// <summary>y = a where the mask is 1, else b; bit 1 of <paramref name="constant"/> says that a is one element, bit 2 that b is.</summary>
    public static void Select<T>(byte* mask, T* a, T* b, T* y, int length, int constant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Select<T, Lanes512<T>>(mask, a, b, y, length, constant);
        }
        else if (Simd.Use256)
        {
            Select<T, Lanes256<T>>(mask, a, b, y, length, constant);
        }
        else
        {
            Select<T, Lanes128<T>>(mask, a, b, y, length, constant);
        }
    }

    internal static void Compare<K, T, V>(T* a, T* b, byte* y, int length, int constant)
        where K : struct, IComparisonKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        bool oneA = (constant & 1) != 0, oneB = (constant & 2) != 0;
        V first = oneA ? V.Broadcast(*a) : default, second = oneB ? V.Broadcast(*b) : default;
        T* firstLanes = (T*)Unsafe.AsPointer(ref first), secondLanes = (T*)Unsafe.AsPointer(ref second);
        nuint maskA = oneA ? 0 : nuint.MaxValue, maskB = oneB ? 0 : nuint.MaxValue;
        int rest = length % V.Count, end = length - rest;
        CompareRegisters<K, T, V>(oneA ? firstLanes : a, oneB ? secondLanes : b, y, (nuint)end, maskA, maskB);
        if (rest == 0)
        {
            return;
        }

        byte* last = stackalloc byte[WidestRegister];
        Pad(a, end, rest, oneA, firstLanes);
        Pad(b, end, rest, oneB, secondLanes);
        CompareRegisters<K, T, V>(firstLanes, secondLanes, last, (nuint)V.Count, maskA, maskB);
        new ReadOnlySpan<byte>(last, rest).CopyTo(new Span<byte>(y + end, rest));
    }

    internal static void Select<T, V>(byte* mask, T* a, T* b, T* y, int length, int constant)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        bool oneA = (constant & 2) != 0, oneB = (constant & 4) != 0;
        V first = oneA ? V.Broadcast(*a) : default, second = oneB ? V.Broadcast(*b) : default, result = default;
        T* firstLanes = (T*)Unsafe.AsPointer(ref first), secondLanes = (T*)Unsafe.AsPointer(ref second), last = (T*)Unsafe.AsPointer(ref result);
        nuint maskA = oneA ? 0 : nuint.MaxValue, maskB = oneB ? 0 : nuint.MaxValue;
        int rest = length % V.Count, end = length - rest;
        SelectRegisters<T, V>(mask, oneA ? firstLanes : a, oneB ? secondLanes : b, y, (nuint)end, maskA, maskB);
        if (rest == 0)
        {
            return;
        }

        byte* lastMask = stackalloc byte[WidestRegister];
        Pad(mask, end, rest, false, lastMask);
        Pad(a, end, rest, oneA, firstLanes);
        Pad(b, end, rest, oneB, secondLanes);
        SelectRegisters<T, V>(lastMask, firstLanes, secondLanes, last, (nuint)V.Count, maskA, maskB);
        new ReadOnlySpan<T>(last, rest).CopyTo(new Span<T>(y + end, rest));
    }

    private static void Pad<T>(T* x, int end, int rest, bool one, T* padded)
        where T : unmanaged
    {
        if (!one)
        {
            new ReadOnlySpan<T>(x + end, rest).CopyTo(new Span<T>(padded, rest));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void CompareRegisters<K, T, V>(T* a, T* b, byte* y, nuint end, nuint maskA, nuint maskB)
        where K : struct, IComparisonKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (nuint i = 0; i < end; i += (nuint)V.Count)
        {
            V.StoreBooleans(K.Apply<V, T>(V.Load(in *a, i & maskA), V.Load(in *b, i & maskB)), ref *y, i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void SelectRegisters<T, V>(byte* mask, T* a, T* b, T* y, nuint end, nuint maskA, nuint maskB)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where V : struct, ILanes<V, T>
    {
        for (nuint i = 0; i < end; i += (nuint)V.Count)
        {
            V.Select(V.LoadBooleans(in *mask, i), V.Load(in *a, i & maskA), V.Load(in *b, i & maskB)).Store(ref *y, i);
        }
    }
}
