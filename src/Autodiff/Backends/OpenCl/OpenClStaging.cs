using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Host memory in which small uploads wait for the queue, so that their source may change at once: some slots in turn, each free again when its upload is done.
/// Used under the context's lock.
/// </summary>
internal sealed unsafe class OpenClStaging(OpenClLibrary library) : IDisposable
{
    /// <summary>The most bytes that are set aside for one upload.</summary>
    public const int LargestCopy = 4 << 20;

    private const int Count = 8;

    private readonly Slot[] _slots = new Slot[Count];
    private int _next;

    /// <summary>Copies the source into the next slot, and waits for that slot's last upload where it is not done.</summary>
    public byte* Take(ReadOnlySpan<byte> source)
    {
        ref Slot slot = ref _slots[_next];
        Empty(ref slot);
        if (slot.Bytes < source.Length)
        {
            nuint bytes = System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(source.Length, 4096));
            slot.Memory = (byte*)NativeMemory.AlignedRealloc(slot.Memory, bytes, AlignedMemory.Alignment);
            slot.Bytes = (int)bytes;
        }

        source.CopyTo(new Span<byte>(slot.Memory, slot.Bytes));
        return slot.Memory;
    }

    /// <summary>Keeps what was taken last until an event, which is then released.</summary>
    public void UntilDone(nint done)
    {
        _slots[_next].Done = done;
        _next = (_next + 1) % Count;
    }

    public void Dispose()
    {
        foreach (ref Slot slot in _slots.AsSpan())
        {
            Empty(ref slot);
            NativeMemory.AlignedFree(slot.Memory);
            slot = default;
        }
    }

    /// <summary>An upload that failed is reported by the next wait for the queue; the slot is free either way.</summary>
    private void Empty(ref Slot slot)
    {
        if (slot.Done != 0)
        {
            nint done = slot.Done;
            _ = library.WaitForEvents(1, &done);
            _ = library.ReleaseEvent(done);
            slot.Done = 0;
        }
    }

    private struct Slot
    {
        public byte* Memory;
        public int Bytes;
        public nint Done;
    }
}
