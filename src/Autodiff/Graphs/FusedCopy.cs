using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>Copies elements between two layouts with strides: a slice, permutation, broadcast or concatenation in a fused program.</summary>
internal sealed unsafe class FusedCopy : FusedInstruction
{
    private readonly FusedAddress _from, _to;
    private readonly int _elementBytes;

    // Axis 0 counts the rows of the block; its length is known in a run only.
    private readonly int[] _lengths;
    private readonly long[] _fromSteps, _toSteps;
    private readonly bool _isEmpty;

    /// <summary>Creates the instruction.</summary>
    /// <param name="from">The first element that is read.</param>
    /// <param name="to">The first element that is written.</param>
    /// <param name="elementBytes">Bytes an element.</param>
    /// <param name="lengths">Lengths of the axes of a row.</param>
    /// <param name="fromSteps">Elements from one index to the next in the source: for the rows, then for each axis.</param>
    /// <param name="toSteps">The same in the destination.</param>
    public FusedCopy(FusedAddress from, FusedAddress to, int elementBytes, ReadOnlySpan<int> lengths, ReadOnlySpan<long> fromSteps, ReadOnlySpan<long> toSteps)
    {
        _from = from;
        _to = to;
        _elementBytes = elementBytes;
        _isEmpty = lengths.Contains(0);
        var merged = new List<(int Length, long From, long To)> { (0, fromSteps[0], toSteps[0]) };
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            (int Length, long From, long To) outer = merged[^1], own = (lengths[axis], fromSteps[axis + 1], toSteps[axis + 1]);
            if (own.Length == 1)
            {
                continue;
            }

            if (merged.Count > 1 && outer.From == own.From * own.Length && outer.To == own.To * own.Length)
            {
                merged[^1] = (outer.Length * own.Length, own.From, own.To);
            }
            else
            {
                merged.Add(own);
            }
        }

        _lengths = [.. merged.Select(axis => axis.Length)];
        _fromSteps = [.. merged.Select(axis => axis.From)];
        _toSteps = [.. merged.Select(axis => axis.To)];
    }

    public override void Run(byte** segments, int row, int rows)
    {
        if (_isEmpty)
        {
            return;
        }

        byte* from = _from.At(segments, row), to = _to.At(segments, row);
        switch (_elementBytes)
        {
            case 1: Copy(from, to, rows); break;
            case 4: Copy((int*)from, (int*)to, rows); break;
            default: Copy((long*)from, (long*)to, rows); break;
        }
    }

    private void Copy<T>(T* from, T* to, int rows) where T : unmanaged
    {
        int rank = _lengths.Length;
        if (rank == 1)
        {
            Run(from, _fromSteps[0], to, _toSteps[0], rows);
            return;
        }

        if (rank == 2)
        {
            int length = _lengths[1];
            long fromStep = _fromSteps[1], toStep = _toSteps[1], fromRow = _fromSteps[0], toRow = _toSteps[0];
            for (int row = 0; row < rows; row++, from += fromRow, to += toRow)
            {
                Run(from, fromStep, to, toStep, length);
            }

            return;
        }

        // An odometer over all axes but the last.
        Span<int> index = stackalloc int[rank - 1];
        index.Clear();
        while (true)
        {
            Run(from, _fromSteps[rank - 1], to, _toSteps[rank - 1], _lengths[rank - 1]);
            int axis = rank - 2;
            for (; axis >= 0; axis--)
            {
                from += _fromSteps[axis];
                to += _toSteps[axis];
                int length = axis == 0 ? rows : _lengths[axis];
                if (++index[axis] < length)
                {
                    break;
                }

                index[axis] = 0;
                from -= length * _fromSteps[axis];
                to -= length * _toSteps[axis];
            }

            if (axis < 0)
            {
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<T>(T* from, long fromStep, T* to, long toStep, int length) where T : unmanaged
    {
        int bytes = length * sizeof(T);
        if (toStep == 1 && fromStep is 0 or 1 && bytes >= Vector128<byte>.Count)
        {
            if (bytes >= 2 * Vector256<byte>.Count)
            {
                RunLong(from, fromStep, to, length);
            }
            else if (fromStep == 0)
            {
                Fill(Vector128.Create(*from).AsByte(), (byte*)to, bytes);
            }
            else
            {
                CopyShort((byte*)from, (byte*)to, bytes);
            }

            return;
        }

        for (int i = 0; i < length; i++)
        {
            *to = *from;
            from += fromStep;
            to += toStep;
        }
    }

    private static void RunLong<T>(T* from, long fromStep, T* to, int length) where T : unmanaged
    {
        if (fromStep == 1)
        {
            new ReadOnlySpan<T>(from, length).CopyTo(new Span<T>(to, length));
        }
        else
        {
            new Span<T>(to, length).Fill(*from);
        }
    }

    // 16 to 63 bytes, as a first and a last register that may overlap.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyShort(byte* from, byte* to, int bytes)
    {
        if (bytes >= Vector256<byte>.Count)
        {
            Vector256<byte> first = Vector256.Load(from), last = Vector256.Load(from + bytes - Vector256<byte>.Count);
            first.Store(to);
            last.Store(to + bytes - Vector256<byte>.Count);
            return;
        }

        Vector128<byte> low = Vector128.Load(from), high = Vector128.Load(from + bytes - Vector128<byte>.Count);
        low.Store(to);
        high.Store(to + bytes - Vector128<byte>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fill(Vector128<byte> value, byte* to, int bytes)
    {
        for (int at = 0; at + Vector128<byte>.Count <= bytes; at += Vector128<byte>.Count)
        {
            value.Store(to + at);
        }

        value.Store(to + bytes - Vector128<byte>.Count);
    }
}
