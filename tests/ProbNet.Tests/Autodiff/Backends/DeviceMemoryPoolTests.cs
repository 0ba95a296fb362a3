using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The pool over an allocator that only counts.</summary>
public class DeviceMemoryPoolTests
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData(0, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 320)]
    [InlineData(320, 320)]
    [InlineData(449, 512)]
    [InlineData(513, 640)]
    [InlineData(4 * MiB, 4 * MiB)]
    [InlineData((4 * MiB) + 1, 5 * MiB)]
    public void SizeClass_OfBytes_IsTheNextQuarterStep(long bytes, long expected) => Assert.Equal(expected, DeviceMemoryPool.SizeClass(bytes));

    [Fact]
    public void SizeClass_AnyBytes_AreEnoughAndAtMostAQuarterMore() => Prop.ForAll(
        Gen.Choose(257, int.MaxValue).ToArbitrary(),
        bytes =>
        {
            long size = DeviceMemoryPool.SizeClass(bytes);
            return size >= bytes && size <= bytes * 1.25 && DeviceMemoryPool.SizeClass(size) == size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rent_AfterReturn_GivesTheSameBufferToItsClass()
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(MiB);
        IDeviceBuffer first = pool.Rent(1000);
        pool.Return(first);
        IDeviceBuffer other = pool.Rent(2000);
        IDeviceBuffer second = pool.Rent(1001);
        Assert.Same(first, second);
        Assert.NotSame(first, other);
        Assert.Equal(2, driver.Allocations);
    }

    [Fact]
    public void Bytes_OfRentedAndReturned_AreCounted()
    {
        DeviceMemoryPool pool = new FakeDriver().Pool(MiB);
        IDeviceBuffer first = pool.Rent(1024);
        IDeviceBuffer second = pool.Rent(2048);
        pool.Return(first);
        Assert.Equal((2048, 1024, 3072), (pool.LiveBytes, pool.PooledBytes, pool.PeakBytes));
        pool.Return(second);
        Assert.Equal((0, 3072, 3072), (pool.LiveBytes, pool.PooledBytes, pool.PeakBytes));
        pool.Trim();
        Assert.Equal((0, 0, 3072), (pool.LiveBytes, pool.PooledBytes, pool.PeakBytes));
    }

    [Fact]
    public void Rent_AfterTheBudgetWasMadeSmaller_KeepsToIt()
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(4096);
        foreach (IDeviceBuffer buffer in (IDeviceBuffer[])[pool.Rent(1024), pool.Rent(1024), pool.Rent(1024), pool.Rent(1024)])
        {
            pool.Return(buffer);
        }

        pool.Budget = 2048;
        IDeviceBuffer[] held = [pool.Rent(1024), pool.Rent(1024)];
        Assert.Throws<DeviceMemoryException>(() => pool.Rent(1024));
        Assert.Equal(2048, driver.Bytes);
        Assert.All(held, buffer => Assert.False(((FakeBuffer)buffer).IsDisposed));
    }

    [Fact]
    public void Rent_OverTheBudget_FreesWhatIsKept()
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(4096);
        IDeviceBuffer held = pool.Rent(1024);
        pool.Return(pool.Rent(3072));
        pool.Rent(2048);
        Assert.Equal(1024 + 2048, driver.Bytes);
        Assert.False(((FakeBuffer)held).IsDisposed);
    }

    [Fact]
    public void Rent_BudgetInUse_ThrowsAndSaysWhatToDo()
    {
        DeviceMemoryPool pool = new FakeDriver().Pool(4096);
        IDeviceBuffer held = pool.Rent(3072);
        string message = Assert.Throws<DeviceMemoryException>(() => pool.Rent(2000)).Message;
        Assert.Equal(
            "Fake: no memory for 2000 bytes: 3072 are in use, 0 kept for reuse, the budget is 4096. "
                + "Use a smaller batch, keep fewer tensors alive on the device, or raise the budget.",
            message);
        pool.Budget = 8192;
        pool.Return(pool.Rent(2000));
        GC.KeepAlive(held);
    }

    [Fact]
    public void Rent_LargerThanTheDeviceAllows_SaysWhichLimit()
    {
        var driver = new FakeDriver();
        Assert.Contains("the budget of this device, 4096 bytes", Assert.Throws<DeviceMemoryException>(() => driver.Pool(4096).Rent(4097)).Message);
        var pool = new DeviceMemoryPool(driver.Allocate, "Fake", MiB, largest: 900);
        Assert.Contains("the largest buffer of this device, 900 bytes", Assert.Throws<DeviceMemoryException>(() => pool.Rent(901)).Message);

        // The class of 890 bytes would be 896, that of 899 would be 1,024.
        Assert.Equal(900, pool.Rent(899).Bytes);
    }

    [Fact]
    public void Rent_DriverRefuses_FreesAllThatIsKeptAndAsksAgain()
    {
        var driver = new FakeDriver { Capacity = 4096 };
        DeviceMemoryPool pool = driver.Pool(MiB);
        pool.Return(pool.Rent(1024));
        pool.Return(pool.Rent(2048));
        Assert.Equal(4096, pool.Rent(4096).Bytes);
        Assert.Equal(4096, driver.Bytes);
        Assert.Throws<DeviceMemoryException>(() => pool.Rent(256));
    }

    [Fact]
    public void Return_Twice_IsReportedByTheNextRent()
    {
        DeviceMemoryPool pool = new FakeDriver().Pool(MiB);
        IDeviceBuffer buffer = pool.Rent(256);
        pool.Return(buffer);
        pool.Return(buffer);
        Assert.Contains("returned twice", Assert.Throws<InvalidOperationException>(() => pool.Rent(256)).Message);
    }

    [Fact]
    public void Dispose_WithBuffersInUse_GivesAllBack()
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(MiB);
        pool.Return(pool.Rent(1024));
        IDeviceBuffer late = pool.Rent(4096);
        pool.Dispose();
        Assert.Equal(0, driver.Bytes);
        pool.Return(late);
        Assert.Throws<ObjectDisposedException>(() => pool.Rent(256));
    }

    [Fact]
    public void RentAndReturn_FromEightThreads_NeverShareABuffer()
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(64 * MiB);
        var users = new System.Collections.Concurrent.ConcurrentDictionary<IDeviceBuffer, int>();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (int round = 0; round < 2000; round++)
            {
                IDeviceBuffer buffer = pool.Rent(256 << ((thread + round) % 4));
                Assert.True(users.TryAdd(buffer, thread));
                Assert.True(users.TryRemove(buffer, out _));
                pool.Return(buffer);
            }
        });
        Assert.Equal(0, pool.LiveBytes);
        Assert.InRange(driver.Allocations, 4, 8 * 4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Rent_HundredThousandDroppedTensors_StaysInTheBudget(int kept)
    {
        var driver = new FakeDriver();
        DeviceMemoryPool pool = driver.Pool(1024 * MiB);
        Rounds(pool, 100_000, kept);
        Assert.InRange(driver.PeakBytes, 4 * MiB * kept, 1024 * MiB);
    }

    /// <summary>Like eager operations on tensors of 4 MB that nobody disposes, the last of which are still in use.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Rounds(DeviceMemoryPool pool, int rounds, int kept)
    {
        var last = new Queue<Handle>();
        for (int i = 0; i < rounds; i++)
        {
            last.Enqueue(new Handle(pool, 4 * MiB));
            if (last.Count > kept)
            {
                last.Dequeue();
            }
        }
    }

    /// <summary>What a tensor holds: given back when it is garbage.</summary>
    private sealed class Handle(DeviceMemoryPool pool, long bytes)
    {
        private readonly IDeviceBuffer _buffer = pool.Rent(bytes);

        ~Handle() => pool.Return(_buffer);
    }

    /// <summary>A driver that counts, and refuses what is beyond its capacity. The pool calls it under its lock.</summary>
    private sealed class FakeDriver
    {
        public long Capacity { get; init; } = long.MaxValue;

        public int Allocations { get; private set; }

        public long Bytes { get; private set; }

        public long PeakBytes { get; private set; }

        public DeviceMemoryPool Pool(long budget) => new(Allocate, "Fake", budget);

        public IDeviceBuffer Allocate(long bytes)
        {
            if (Bytes + bytes > Capacity)
            {
                throw new DeviceMemoryException("Fake: full.");
            }

            Allocations++;
            Bytes += bytes;
            PeakBytes = Math.Max(PeakBytes, Bytes);
            return new FakeBuffer(bytes, freed => Bytes -= freed.Bytes);
        }
    }
}
