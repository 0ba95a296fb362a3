using System.Runtime.InteropServices;
using ProbNet.Autodiff;
using ProbNet.BackendContract;

namespace ProbNet.Tests.Autodiff;

/// <summary>Runs kernels on the device under test, in both forms: the one for processors and the one for graphics processors.</summary>
internal static class OpenClKernelRun
{
    /// <summary>Around the elements of each buffer lie so many that a kernel must leave as they are; a multiple of 64 bytes before them.</summary>
    private const int Margin = 64;

    private static readonly Dictionary<OpenClBackendStyle, OpenClBackend> s_backends = [];

    public static OpenClBackend Backend(OpenClBackendStyle style)
    {
        lock (s_backends)
        {
            if (!s_backends.TryGetValue(style, out OpenClBackend? backend))
            {
                backend = new OpenClBackend(OpenClTest.Device, style);
                s_backends.Add(style, backend);
            }

            return backend;
        }
    }

    /// <summary>What is in the buffers after a launch in one of the forms.</summary>
    public static long[][] Run(OpenClBackendStyle style, Kernel kernel, DType[] types, long[][] buffers, ReadOnlySpan<double> numbers = default) =>
        Run(Backend(style), kernel, types, buffers, numbers);

    /// <summary>What is in the buffers after a launch.</summary>
    /// <param name="backend">Where it runs.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="types">The types of the buffers.</param>
    /// <param name="buffers">Their elements, as bits; two of the same array are one buffer.</param>
    /// <param name="numbers">The numbers of the launch.</param>
    public static long[][] Run(IBackend backend, Kernel kernel, DType[] types, long[][] buffers, ReadOnlySpan<double> numbers = default)
    {
        IDeviceKernel compiled = backend.Compile(kernel) ?? throw new InvalidOperationException($"{kernel.Name} does not compile.");
        var slices = new BufferSlice[buffers.Length];
        for (int i = 0; i < buffers.Length; i++)
        {
            int same = Array.FindIndex(buffers, other => ReferenceEquals(other, buffers[i]));
            if (same < i)
            {
                slices[i] = slices[same];
                continue;
            }

            byte[] bytes = Pack(buffers[i], types[i]);
            slices[i] = new(backend.Allocate(bytes.Length), Margin * types[i].ByteSize());
            backend.Write(slices[i].Buffer, 0, bytes);
        }

        backend.Launch(compiled, slices, numbers);
        var results = new long[buffers.Length][];
        for (int i = 0; i < buffers.Length; i++)
        {
            var bytes = new byte[slices[i].Buffer.Bytes];
            backend.Read(slices[i].Buffer, 0, bytes);
            results[i] = Unpack(bytes, types[i], kernel.Name);
        }

        foreach (BufferSlice slice in slices)
        {
            slice.Buffer.Dispose();
        }

        return results;
    }

    private static long Guard(int i) => 0x5A5A5A5A5A5A5A5AL ^ ((long)i << 1);

    private static byte[] Pack(long[] values, DType type)
    {
        int size = type.ByteSize();
        var bytes = new byte[(values.Length + (2 * Margin)) * size];
        for (int i = 0; i < values.Length + (2 * Margin); i++)
        {
            long value = i < Margin || i >= values.Length + Margin ? Guard(i) : values[i - Margin];
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }

    private static long[] Unpack(byte[] bytes, DType type, string name)
    {
        int size = type.ByteSize();
        var values = new long[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            long value = 0;
            bytes.AsSpan(i * size, size).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref value)));
            values[i] = type == DType.Int32 ? KernelInterpreter.Bits((int)value) : value;
            bool isMargin = i < Margin || i >= values.Length - Margin;
            long guard = Guard(i) & (size == 8 ? -1 : (1L << (8 * size)) - 1);
            if (isMargin && values[i] != guard)
            {
                Assert.Fail($"{name}: element {i - Margin} of a {type} buffer, outside of its {values.Length - (2 * Margin)}, was written.");
            }
        }

        return values[Margin..^Margin];
    }
}
