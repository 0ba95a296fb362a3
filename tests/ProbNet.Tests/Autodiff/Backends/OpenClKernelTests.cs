using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Programs, launches and what they report.</summary>
public class OpenClKernelTests
{
    private const string Source = """
        __kernel void add(__global const float* x, __global const float* y, __global float* z, const int n)
        {
            int i = get_global_id(0);
            if (i < n) z[i] = x[i] + y[i];
        }

        __kernel void numbers(__global float* z, const int a, const uint b, const long c, const ulong d, const float e, __local float* group)
        {
            group[get_local_id(0)] = get_local_id(0);
            barrier(CLK_LOCAL_MEM_FENCE);
            z[get_global_id(0)] = group[get_local_size(0) - 1 - get_local_id(0)] + a + b + (float)c + (float)d + e;
        }

        __kernel void place(__global int* z)
        {
            size_t i = (get_global_id(2) * get_global_size(1) + get_global_id(1)) * get_global_size(0) + get_global_id(0);
            z[i] = 100 * get_group_id(2) + 10 * get_group_id(1) + get_group_id(0);
        }

        __kernel void sum(__global const int* x, __global int* sums, __local int* group)
        {
            int i = get_local_id(0);
            group[i] = x[get_global_id(0)];
            for (int step = get_local_size(0) / 2; step > 0; step /= 2)
            {
                barrier(CLK_LOCAL_MEM_FENCE);
                if (i < step) group[i] += group[i + step];
            }

            if (i == 0) sums[get_group_id(0)] = group[0];
        }

        __kernel void increment(__global int* z) { z[get_global_id(0)] += 1; }
        """;

    private static OpenClContext Context => OpenClTest.Device.Context;

    [OpenClFact]
    public void Launch_Add_ComputesEveryItem()
    {
        using OpenClBuffer x = Upload<float>([1, 2, 3, 4, 5]);
        using OpenClBuffer y = Upload<float>([10, 20, 30, 40, 50]);
        using OpenClBuffer z = Context.Allocate(20);
        Context.Launch(Context.Build(Source).Kernel("add"), [x, y, z, 5], new WorkSize(8), new WorkSize(4));
        Assert.Equal([11, 22, 33, 44, 55], Download<float>(z));
    }

    [OpenClFact]
    public void Launch_EveryKindOfArgument_ArrivesAsItIs()
    {
        using OpenClBuffer z = Context.Allocate(16);
        Context.Launch(
            Context.Build(Source).Kernel("numbers"),
            [z, -1_000, 2_000u, -300_000L, 600_000UL, 0.5f, OpenClArgument.Local(8)],
            new WorkSize(4),
            new WorkSize(2));

        // −1,000 + 2,000 − 300,000 + 600,000 + 0.5 and the place of the other item of the group.
        Assert.Equal([301_001.5f, 301_000.5f, 301_001.5f, 301_000.5f], Download<float>(z));
    }

    [OpenClFact]
    public void Launch_Float64Argument_ArrivesWhereTheDeviceHasIt()
    {
        const string Doubles = """
            #pragma OPENCL EXTENSION cl_khr_fp64 : enable
            __kernel void third(__global double* z, const double x) { z[0] = x / 3; }
            """;
        if (!OpenClTest.Device.Info.HasFloat64)
        {
            Assert.Throws<OpenClException>(() => Context.Build(Doubles));
            return;
        }

        using OpenClBuffer z = Context.Allocate(8);
        Context.Launch(Context.Build(Doubles).Kernel("third"), [z, 1.0], new WorkSize(1));
        Assert.Equal([1.0 / 3.0], Download<double>(z));
    }

    [OpenClFact]
    public void Launch_ThreeAxes_CoversThemAll()
    {
        using OpenClBuffer z = Context.Allocate(4 * 24);
        Context.Launch(Context.Build(Source).Kernel("place"), [z], new WorkSize(4, 3, 2), new WorkSize(2, 1, 1));
        Assert.Equal(
            [0, 0, 1, 1, 10, 10, 11, 11, 20, 20, 21, 21, 100, 100, 101, 101, 110, 110, 111, 111, 120, 120, 121, 121], Download<int>(z));
    }

    [OpenClTheory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(256)]
    public void Launch_GroupsThatShareMemory_SumTheirItems(int group)
    {
        const int Items = 1024;
        int groups = Items / group;
        using OpenClBuffer x = Upload<int>([.. Enumerable.Range(0, Items)]);
        using OpenClBuffer sums = Context.Allocate(sizeof(int) * groups);
        OpenClArgument shared = OpenClArgument.Local(sizeof(int) * group);
        Context.Launch(Context.Build(Source).Kernel("sum"), [x, sums, shared], new WorkSize(Items), new WorkSize(group));

        // The sum of n numbers from s: n s + n (n − 1) / 2.
        Assert.Equal(Enumerable.Range(0, groups).Select(i => (group * group * i) + (group * (group - 1) / 2)), Download<int>(sums));
    }

    [OpenClFact]
    public void Launch_NoItems_IsNoLaunch()
    {
        using var context = new OpenClContext(OpenClTest.Device);
        using OpenClBuffer z = context.Allocate(4);
        context.Launch(context.Build(Source).Kernel("increment"), [z], new WorkSize(0));
        Assert.Equal(0, context.Counters.Launches);
    }

    [OpenClFact]
    public void Launch_BadArguments_NamesTheKernel()
    {
        OpenClKernel kernel = Context.Build(Source).Kernel("increment");
        using OpenClBuffer z = Context.Allocate(16);
        AssertRefused<ArgumentException>("increment: 0 arguments for a kernel that takes 1", [], new WorkSize(4), default);
        AssertRefused<ArgumentException>("increment: argument 0 was not given", [default], new WorkSize(4), default);
        AssertRefused<OpenClException>("clSetKernelArg for argument 0 of kernel 'increment', a Number of 4 bytes", [5], new WorkSize(4), default);
        AssertRefused<ArgumentException>("increment: the work size (4, 1, 1) is not a multiple of the group (3, 1, 1)", [z], new WorkSize(4), new WorkSize(3));
        AssertRefused<ArgumentException>("increment: groups of (1000000, 1, 1) items", [z], new WorkSize(1_000_000), new WorkSize(1_000_000));
        AssertRefused<ArgumentException>("negative", [z], new WorkSize(-1), default);
        z.Dispose();
        AssertRefused<ObjectDisposedException>("increment: the buffer of 16 bytes", [z], new WorkSize(4), default);
        using var other = new OpenClContext(OpenClTest.Device);
        Assert.Contains("the kernel was built for", Assert.Throws<ArgumentException>(() => other.Launch(kernel, [z], new WorkSize(4))).Message);

        void AssertRefused<TException>(string expected, OpenClArgument[] arguments, WorkSize global, WorkSize local)
            where TException : Exception =>
            Assert.Contains(expected, Assert.Throws<TException>(() => Context.Launch(kernel, arguments, global, local)).Message);
    }

    [OpenClFact]
    public void Build_BrokenSource_ShowsTheLine()
    {
        const string Broken = """
            // first
            // second
            __kernel void broken(__global float* x)
            {
                x[0] = missing;
            }
            """;
        string message = Assert.Throws<OpenClException>(() => Context.Build(Broken, "-D WIDE=1")).Message;
        Assert.Contains("does not build on " + OpenClTest.Device.Name, message);
        Assert.Contains("CL_BUILD_PROGRAM_FAILURE (-11), options -D WIDE=1.", message);
        Assert.Contains(">    5      x[0] = missing;", message);
        Assert.Contains("     2  // second", message);
        Assert.DoesNotContain("// first\n", message);
    }

    [OpenClFact]
    public void Kernel_UnknownName_ListsThoseThatThereAre()
    {
        string message = Assert.Throws<OpenClException>(() => Context.Build(Source).Kernel("subtract")).Message;
        Assert.Contains("'subtract'", message);
        Assert.Contains("increment", message);
        Assert.Contains("CL_INVALID_KERNEL_NAME (-46)", message);
    }

    [OpenClFact]
    public void Launch_FromEightThreads_MixesNothingUp()
    {
        OpenClProgram program = Context.Build(Source);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            float[] values = [.. Enumerable.Range(0, 64).Select(i => (float)((thread * 1000) + i))];
            using OpenClBuffer x = Upload<float>(values);
            using OpenClBuffer z = Context.Allocate(256);
            for (int round = 0; round < 100; round++)
            {
                Context.Launch(program.Kernel("add"), [x, x, z, 64], new WorkSize(64));
                Assert.Equal(values.Select(value => 2 * value), Download<float>(z));
            }
        });
    }

    [OpenClFact]
    public void Launch_ThousandsWithoutWaiting_AllRun()
    {
        using OpenClBuffer z = Upload<int>([0, 0]);
        OpenClKernel kernel = Context.Build(Source).Kernel("increment");
        for (int i = 0; i < 3000; i++)
        {
            Context.Launch(kernel, [z], new WorkSize(2));
        }

        Assert.Equal([3000, 3000], Download<int>(z));
    }

    [OpenClFact]
    public void Profile_OfSomeLaunches_CountsThemByName()
    {
        using var context = new OpenClContext(OpenClTest.Device);
        using OpenClBuffer z = context.Allocate(4 * 24);
        OpenClProgram program = context.Build(Source);
        Assert.Empty(context.StopProfile());
        context.StartProfile();
        for (int i = 0; i < 5; i++)
        {
            context.Launch(program.Kernel("increment"), [z], new WorkSize(24));
        }

        context.Launch(program.Kernel("place"), [z], new WorkSize(4, 3, 2));
        IReadOnlyList<(string Kernel, int Count, TimeSpan Total)> rows = context.StopProfile();
        Assert.Equal([("increment", 5), ("place", 1)], rows.Select(row => (row.Kernel, row.Count)).Order());
        Assert.All(rows, row => Assert.InRange(row.Total, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        context.Launch(program.Kernel("place"), [z], new WorkSize(4, 3, 2));
        Assert.Empty(context.StopProfile());
        Assert.Equal(7, context.Counters.Launches);
    }

    private static OpenClBuffer Upload<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        OpenClBuffer buffer = Context.Allocate(bytes.Length);
        Context.Write(buffer, 0, bytes);
        return buffer;
    }

    private static T[] Download<T>(OpenClBuffer buffer)
        where T : unmanaged
    {
        var bytes = new byte[buffer.Bytes];
        Context.Read(buffer, 0, bytes);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }
}
