using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>Pinned memory that starts on a cache line.</summary>
internal static unsafe class AlignedMemory
{
    /// <summary>Bytes of a cache line.</summary>
    public const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? t_memory;

    /// <summary>
    /// Memory of the calling thread for temporaries, with undefined contents: kept between uses, grown when more is needed, and the same for the next call on
    /// this thread.
    /// </summary>
    public static byte* OfThread(long bytes)
    {
        if (t_memory is null || t_memory.Length < bytes + Alignment)
        {
            t_memory = Allocate(Math.Max(bytes, 1 << 16));
        }

        return Start(t_memory);
    }

    /// <summary>Zeroed, pinned memory with room to align so many bytes.</summary>
    /// <exception cref="InvalidOperationException">It is more than an array can have.</exception>
    public static byte[] Allocate(long bytes) => bytes <= Array.MaxLength - Alignment
        ? GC.AllocateArray<byte>((int)bytes + Alignment, pinned: true)
        : throw new InvalidOperationException(
            FormattableString.Invariant($"Graph: the values of one call need {bytes} bytes, more than one block of memory can have; use a smaller batch."));

    /// <summary>The first byte of pinned memory that is on a cache line's edge.</summary>
    public static byte* Start(byte[] pinned)
    {
        var first = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
        return first + ((Alignment - ((long)first % Alignment)) % Alignment);
    }
}
