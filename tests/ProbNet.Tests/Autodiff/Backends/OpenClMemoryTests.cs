using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The pool over a device.</summary>
public class OpenClMemoryTests
{
    private const string Source = "__kernel void mark(__global int* z, const int value) { z[get_global_id(0)] = value; }";

    [OpenClFact]
    public void Rent_BuffersDroppedWhileTheirKernelsAreQueued_StaysInTheBudgetAndLosesNothing()
    {
        const int Items = 64;
        using var context = new OpenClContext(OpenClTest.Device);
        using var pool = new DeviceMemoryPool(context.Allocate, OpenClTest.Device.Name, budget: 64 << 10);
        using OpenClBuffer results = context.Allocate(sizeof(int) * 1000);
        Mark(context, pool, results, Items);
        var values = new int[1000];
        context.Read(results, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        Assert.Equal(Enumerable.Range(0, 1000), values);
        Assert.InRange(pool.LiveBytes + pool.PooledBytes, 1, 64 << 10);
    }

    /// <summary>Each step writes to a buffer that is garbage at once, and copies one item of it: a buffer that was given away too soon would show another step's.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mark(OpenClContext context, DeviceMemoryPool pool, OpenClBuffer results, int items)
    {
        OpenClKernel kernel = context.Build(Source).Kernel("mark");
        for (int i = 0; i < 1000; i++)
        {
            // Two sizes in turn, so that buffers are freed as well as used again.
            var handle = new Handle(pool, sizeof(int) * items * (1 + (i / 100 % 2 * 31)));
            context.Launch(kernel, [OpenClArgument.Buffer(handle.Buffer), i], new WorkSize(items));
            context.Copy(handle.Buffer, sizeof(int) * (i % items), results, sizeof(int) * i, sizeof(int));
        }
    }

    private sealed class Handle(DeviceMemoryPool pool, long bytes)
    {
        public IDeviceBuffer Buffer { get; } = pool.Rent(bytes);

        ~Handle() => pool.Return(Buffer);
    }
}
