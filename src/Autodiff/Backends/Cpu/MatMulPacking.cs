using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>Copies parts of operands into panels in the order in which <see cref="MatMulTile"/> reads them.</summary>
internal static unsafe class MatMulPacking
{
    /// <summary>Rows by which a B with contiguous rows is fetched ahead.</summary>
    private const int RowsAhead = 4;

    /// <summary>Elements by which rows that are transposed are fetched ahead: four lines.</summary>
    private const int FloatsAhead = 64;

    /// <summary>The elements that <see cref="Right"/> writes for all panels of [depth, <paramref name="n"/>].</summary>
    public static nint RightLength<V, T>(int n, int depth)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (nint)depth * ((n + V.Count - 1) / V.Count * V.Count);

    /// <summary>Packs panels <paramref name="from"/> … <paramref name="to"/> − 1 of B, [depth, n], to <paramref name="packed"/>, where panel 0 begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Right<V, T>(MatrixView<T> b, T* packed, int n, int depth, int from, int to)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int width = 2 * V.Count, whole = RightPanels<T>.WholeColumns<V>(n) / width;
        if (b.ColumnStride == 1 && from < whole)
        {
            // All panels at once, row by row of B: one panel after the other would touch a page for every few elements.
            int end = Math.Min(to, whole);
            for (int p = 0; p < depth; p++)
            {
                T* source = b.At(p, from * width), target = packed + ((nint)from * depth * width) + (p * width);
                T* later = source + (RowsAhead * b.RowStride);
                for (int panel = from; panel < end; panel++)
                {
                    if (Sse.IsSupported)
                    {
                        Sse.Prefetch0(later);
                        Sse.Prefetch0(later + V.Count);
                        later += width;
                    }

                    V.Load(in *source).Store(ref *target);
                    V.Load(in *source, (nuint)V.Count).Store(ref *target, (nuint)V.Count);
                    source += width;
                    target += (nint)depth * width;
                }
            }

            from = end;
        }

        for (int panel = from; panel < to; panel++)
        {
            int column = panel * width;
            int panelWidth = panel < whole ? width : RightPanels<T>.VectorsOfLast<V>(n) * V.Count;
            Panel<V, T>(b.From(0, column).Transposed, packed + ((nint)panel * depth * width), Math.Min(panelWidth, n - column), depth, panelWidth);
        }
    }

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="depth"/> elements to [depth, width], zeros in the columns past the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Panel<V, T>(MatrixView<T> from, T* to, int rows, int depth, int width)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (from.RowStride == 1)
        {
            Copy<V, T>(from, to, rows, depth, width);
            return;
        }

        if (rows < width)
        {
            new Span<T>(to, depth * width).Clear();
        }

        int i = 0;
        if (typeof(T) == typeof(float) && from.ColumnStride == 1)
        {
            if (sizeof(V) == 64 && Avx512F.IsSupported)
            {
                for (; i + 16 <= rows; i += 16)
                {
                    Transpose16((float*)from.At(i, 0), from.RowStride, (float*)(to + i), width, depth);
                }
            }

            if (Sse.IsSupported)
            {
                for (; i + 4 <= rows; i += 4)
                {
                    Transpose4(
                        ref Unsafe.AsRef<float>(from.At(i, 0)), from.RowStride, ref Unsafe.AsRef<float>(to + i), width, depth);
                }
            }
        }

        if (typeof(T) == typeof(double) && Avx.IsSupported && from.ColumnStride == 1)
        {
            for (; i + 4 <= rows; i += 4)
            {
                Transpose4((double*)from.At(i, 0), from.RowStride, (double*)(to + i), width, depth);
            }
        }

        for (; i < rows; i++)
        {
            T* source = from.At(i, 0), target = to + i;
            for (int p = 0; p < depth; p++)
            {
                *target = *source;
                source += from.ColumnStride;
                target += width;
            }
        }
    }

    /// <summary>Copies a small matrix of any strides to contiguous rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CopyRows<T>(MatrixView<T> from, T* to, int rows, int columns)
        where T : unmanaged
    {
        for (int i = 0; i < rows; i++)
        {
            T* source = from.At(i, 0);
            for (int j = 0; j < columns; j++)
            {
                *to++ = *source;
                source += from.ColumnStride;
            }
        }
    }

    /// <summary>The rows of <paramref name="from"/> stand side by side: each step of the depth is a copy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<V, T>(MatrixView<T> from, T* to, int rows, int depth, int width)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* source = from.Start;
        for (int p = 0; p < depth; p++)
        {
            int i = 0;
            for (; i + V.Count <= rows; i += V.Count)
            {
                V.Load(in *source, (nuint)i).Store(ref *to, (nuint)i);
            }

            if (i < rows)
            {
                V last = V.LoadPart(source + i, rows - i);
                last.StorePart(to + i, Math.Min(V.Count, width - i));
                i += V.Count;
            }

            for (; i < width; i += V.Count)
            {
                V.Zero.StorePart(to + i, Math.Min(V.Count, width - i));
            }

            source += from.ColumnStride;
            to += width;
        }
    }

    /// <summary>Four rows of doubles become four columns, sixteen elements at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(double* from, nint stride, double* to, nint width, int depth)
    {
        double* r1 = from + stride, r2 = r1 + stride, r3 = r2 + stride;
        int p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            Vector256<double> x0 = Vector256.Load(from + p), x1 = Vector256.Load(r1 + p), x2 = Vector256.Load(r2 + p), x3 = Vector256.Load(r3 + p);
            Vector256<double> low01 = Avx.UnpackLow(x0, x1), high01 = Avx.UnpackHigh(x0, x1);
            Vector256<double> low23 = Avx.UnpackLow(x2, x3), high23 = Avx.UnpackHigh(x2, x3);
            Avx.Permute2x128(low01, low23, 0x20).Store(to);
            Avx.Permute2x128(high01, high23, 0x20).Store(to + width);
            Avx.Permute2x128(low01, low23, 0x31).Store(to + (2 * width));
            Avx.Permute2x128(high01, high23, 0x31).Store(to + (3 * width));
            to += 4 * width;
        }

        for (; p < depth; p++)
        {
            (to[0], to[1], to[2], to[3]) = (from[p], r1[p], r2[p], r3[p]);
            to += width;
        }
    }

    /// <summary>Sixteen rows of floats become sixteen columns, 256 elements at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose16(float* from, nint stride, float* to, nint width, int depth)
    {
        int p = 0;
        for (; p + 16 <= depth; p += 16)
        {
            // Blocks of 4×4 become columns within the quarters of the registers; then the quarters change places.
            float* row = from + p, column = to + (p * width);
            (Vector512<float> a0, Vector512<float> a1, Vector512<float> a2, Vector512<float> a3) = TransposeQuarters(row, stride);
            (Vector512<float> b0, Vector512<float> b1, Vector512<float> b2, Vector512<float> b3) = TransposeQuarters(row + (4 * stride), stride);
            (Vector512<float> c0, Vector512<float> c1, Vector512<float> c2, Vector512<float> c3) = TransposeQuarters(row + (8 * stride), stride);
            (Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3) = TransposeQuarters(row + (12 * stride), stride);
            StoreQuarters(a0, b0, c0, d0, column, width);
            StoreQuarters(a1, b1, c1, d1, column + width, width);
            StoreQuarters(a2, b2, c2, d2, column + (2 * width), width);
            StoreQuarters(a3, b3, c3, d3, column + (3 * width), width);
        }

        for (; p < depth; p++)
        {
            for (int i = 0; i < 16; i++)
            {
                to[(p * width) + i] = from[(i * stride) + p];
            }
        }
    }

    /// <summary>Of four rows of sixteen, the columns j, j + 4, j + 8 and j + 12 in the quarters of result j.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> First, Vector512<float> Second, Vector512<float> Third, Vector512<float> Fourth) TransposeQuarters(float* row, nint stride)
    {
        Sse.Prefetch0(row + FloatsAhead);
        Sse.Prefetch0(row + stride + FloatsAhead);
        Sse.Prefetch0(row + (2 * stride) + FloatsAhead);
        Sse.Prefetch0(row + (3 * stride) + FloatsAhead);
        Vector512<float> x0 = Vector512.Load(row), x1 = Vector512.Load(row + stride);
        Vector512<float> x2 = Vector512.Load(row + (2 * stride)), x3 = Vector512.Load(row + (3 * stride));
        Vector512<double> low01 = Avx512F.UnpackLow(x0, x1).AsDouble(), high01 = Avx512F.UnpackHigh(x0, x1).AsDouble();
        Vector512<double> low23 = Avx512F.UnpackLow(x2, x3).AsDouble(), high23 = Avx512F.UnpackHigh(x2, x3).AsDouble();
        return (
            Avx512F.UnpackLow(low01, low23).AsSingle(), Avx512F.UnpackHigh(low01, low23).AsSingle(),
            Avx512F.UnpackLow(high01, high23).AsSingle(), Avx512F.UnpackHigh(high01, high23).AsSingle());
    }

    /// <summary>Stores the quarters q of all four to row 4q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreQuarters(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* to, nint width)
    {
        Vector512<float> abLow = Avx512F.Shuffle4x128(a, b, 0x44), abHigh = Avx512F.Shuffle4x128(a, b, 0xEE);
        Vector512<float> cdLow = Avx512F.Shuffle4x128(c, d, 0x44), cdHigh = Avx512F.Shuffle4x128(c, d, 0xEE);
        Avx512F.Shuffle4x128(abLow, cdLow, 0x88).Store(to);
        Avx512F.Shuffle4x128(abLow, cdLow, 0xDD).Store(to + (4 * width));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0x88).Store(to + (8 * width));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0xDD).Store(to + (12 * width));
    }

    /// <summary>Four rows of floats become four columns, sixteen elements at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(ref float from, nint stride, ref float to, nint width, int depth)
    {
        ref float r1 = ref Unsafe.Add(ref from, stride);
        ref float r2 = ref Unsafe.Add(ref from, 2 * stride);
        ref float r3 = ref Unsafe.Add(ref from, 3 * stride);
        int p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            Vector128<float> x0 = Vector128.LoadUnsafe(ref from, (nuint)p), x1 = Vector128.LoadUnsafe(ref r1, (nuint)p);
            Vector128<float> x2 = Vector128.LoadUnsafe(ref r2, (nuint)p), x3 = Vector128.LoadUnsafe(ref r3, (nuint)p);
            Vector128<float> low01 = Sse.UnpackLow(x0, x1), high01 = Sse.UnpackHigh(x0, x1);
            Vector128<float> low23 = Sse.UnpackLow(x2, x3), high23 = Sse.UnpackHigh(x2, x3);
            Sse.MoveLowToHigh(low01, low23).StoreUnsafe(ref to);
            Sse.MoveHighToLow(low23, low01).StoreUnsafe(ref Unsafe.Add(ref to, width));
            Sse.MoveLowToHigh(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, 2 * width));
            Sse.MoveHighToLow(high23, high01).StoreUnsafe(ref Unsafe.Add(ref to, 3 * width));
            to = ref Unsafe.Add(ref to, 4 * width);
        }

        for (; p < depth; p++)
        {
            to = Unsafe.Add(ref from, p);
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref r1, p);
            Unsafe.Add(ref to, 2) = Unsafe.Add(ref r2, p);
            Unsafe.Add(ref to, 3) = Unsafe.Add(ref r3, p);
            to = ref Unsafe.Add(ref to, width);
        }
    }
}
