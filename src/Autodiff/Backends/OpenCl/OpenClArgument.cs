using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// One argument of a kernel: a buffer, a number, or local memory. Numbers convert by themselves, with the type that the kernel's parameter must have; a
/// kernel cannot take a <see cref="bool"/>.
/// </summary>
internal readonly struct OpenClArgument
{
    private OpenClArgument(OpenClArgumentKind kind, IDeviceBuffer? memory, int bytes, ulong bits)
    {
        Kind = kind;
        Memory = memory;
        Bytes = bytes;
        Bits = bits;
    }

    public OpenClArgumentKind Kind { get; }

    /// <summary>The buffer, for an argument that is one.</summary>
    public IDeviceBuffer? Memory { get; }

    /// <summary>The size of the number or of the local memory.</summary>
    public int Bytes { get; }

    /// <summary>The number's bits, the lowest first.</summary>
    public ulong Bits { get; }

    public static implicit operator OpenClArgument(int value) => new(OpenClArgumentKind.Number, null, sizeof(int), (uint)value);

    public static implicit operator OpenClArgument(uint value) => new(OpenClArgumentKind.Number, null, sizeof(uint), value);

    public static implicit operator OpenClArgument(long value) => new(OpenClArgumentKind.Number, null, sizeof(long), (ulong)value);

    public static implicit operator OpenClArgument(ulong value) => new(OpenClArgumentKind.Number, null, sizeof(ulong), value);

    public static implicit operator OpenClArgument(float value) =>
        new(OpenClArgumentKind.Number, null, sizeof(float), Unsafe.BitCast<float, uint>(value));

    public static implicit operator OpenClArgument(double value) =>
        new(OpenClArgumentKind.Number, null, sizeof(double), Unsafe.BitCast<double, ulong>(value));

    public static implicit operator OpenClArgument(OpenClBuffer buffer) => Buffer(buffer);

    /// <summary>A <c>__global</c> parameter.</summary>
    public static OpenClArgument Buffer(IDeviceBuffer buffer) => new(OpenClArgumentKind.Buffer, buffer, 0, 0);

    /// <summary>A <c>__local</c> parameter: so many bytes for each group.</summary>
    public static OpenClArgument Local(int bytes) => new(OpenClArgumentKind.Local, null, bytes, 0);
}
