using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>What a replayed step does on a device allocates nothing and collects nothing. Not beside other tests, which collect too.</summary>
[Collection(nameof(AloneCollection))]
public class OpenClAllocationTests
{
    private const string Source = """
        __kernel void scale(__global float* z, const float a, const int n, __local float* group)
        {
            int i = get_global_id(0);
            if (i < n) z[i] *= a;
        }
        """;

    [OpenClFact]
    public void Commands_Repeated_AllocateNothing()
    {
        OpenClContext context = OpenClTest.Device.Context;
        OpenClKernel kernel = context.Build(Source).Kernel("scale");
        using OpenClBuffer x = context.Allocate(1024);
        using OpenClBuffer z = context.Allocate(1024);
        var host = new byte[1024];
        Assert.Equal(0, LeastAllocated(() =>
        {
            context.Write(x, 0, host);
            context.Copy(x, 0, z, 0, 1024);
            context.Launch(kernel, [z, 2f, 256, OpenClArgument.Local(256)], new WorkSize(256), new WorkSize(64));
            context.Fill(x, 0, 1024, [0]);
            context.Read(z, 0, host);
            _ = context.Counters;
        }));
    }

    [Fact]
    public void Pool_RentedAndReturnedByHand_NeitherAllocatesNorCollects()
    {
        var pool = new DeviceMemoryPool(bytes => new FakeBuffer(bytes), "Fake", budget: 16 << 20);
        Assert.Equal(0, LeastAllocated(() => pool.Return(pool.Rent(4 << 20))));
        int before = GC.CollectionCount(0);
        for (int i = 0; i < 100_000; i++)
        {
            pool.Return(pool.Rent(4 << 20));
        }

        Assert.Equal(before, GC.CollectionCount(0));
    }

    /// <summary>The least of some rounds: the first ones compile methods and grow what grows.</summary>
    private static long LeastAllocated(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 20 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
