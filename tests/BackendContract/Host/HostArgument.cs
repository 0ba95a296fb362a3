using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>The memory of one argument of a kernel: elements of some type, read and written as their bits.</summary>
internal readonly struct HostArgument(byte[] data, long offset)
{
    public long Get(DType type, long element)
    {
        long bits = 0;
        At(type, element).CopyTo(BytesOf(ref bits));
        return bits;
    }

    public void Set(DType type, long element, long bits) => BytesOf(ref bits)[..type.ByteSize()].CopyTo(At(type, element));

    private static Span<byte> BytesOf(ref long bits) => MemoryMarshal.AsBytes(new Span<long>(ref bits));

    private Span<byte> At(DType type, long element) => data.AsSpan((int)(offset + (element * type.ByteSize())), type.ByteSize());
}
