namespace ProbNet.Autodiff;

/// <summary>Memory of a thread for temporaries: kept between uses, and grown when more is needed.</summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]? t_memory;

    /// <summary>At least so many bytes, aligned to a cache line, with undefined contents. The next call on this thread gives the same memory.</summary>
    public static byte* Get(long bytes)
    {
        if (t_memory is null || t_memory.Length < bytes + Alignment)
        {
            t_memory = Allocate(Math.Max(bytes, 1 << 16));
        }

        return Align(t_memory);
    }

    /// <summary>The first aligned byte of pinned memory that has room for it.</summary>
    public static byte* Align(byte[] pinned)
    {
        byte* start = (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));
        return start + ((Alignment - ((long)start % Alignment)) % Alignment);
    }

    /// <summary>Zeroed, pinned memory with room to align.</summary>
    public static byte[] Allocate(long bytes) => bytes <= Array.MaxLength - Alignment
        ? GC.AllocateArray<byte>((int)bytes + Alignment, pinned: true)
        : throw new InvalidOperationException(
            FormattableString.Invariant($"Graph: the values of one call need {bytes} bytes, more than one block of memory can have; use a smaller batch."));
}
