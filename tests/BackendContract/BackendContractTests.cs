using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// The contract of <see cref="IBackend"/>: what an adapter must do so that everything else works on its device. Subclass it in a test project of xunit 2,
/// <c>public sealed class MetalTests : BackendContractTests { protected override Device? Device { get; } = new("metal:0", new MetalBackend()); }</c>, and run it.
/// </summary>
/// <remarks>
/// The tests of a class run one after the other. Those that count launches and copies need the device for themselves: no other test class may use the same
/// <see cref="Autodiff.Device"/> at the same time.
/// </remarks>
public abstract partial class BackendContractTests : DeviceContractTests, IDisposable
{
    /// <summary>The kinds of kernels that the back end leaves to the host: for these, <see cref="IBackend.Compile"/> may give null.</summary>
    protected virtual IReadOnlyCollection<Type> Declined => [];

    /// <summary>Whether a fused multiply-add of zeros has the sign that IEEE 754 gives it: 0·(−0) + 0 = 0.</summary>
    protected virtual bool FusesSignedZeros => true;

    private IBackend Backend => Target.Backend;

    /// <summary>Fails where a test has not compared what it compiled.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        Assert.Empty(_checks);
    }

    /// <summary>What is written is read, at any offset, also in part.</summary>
    [ContractFact]
    public void Buffers_WrittenAndReadInParts_HoldTheirBytes()
    {
        foreach (int length in new[] { 1, 3, 17, 64, 65, 4096, 100_003 })
        {
            using IDeviceBuffer buffer = Backend.Allocate(length);
            Assert.True(buffer.Bytes >= length);
            byte[] bytes = Bytes(length, 1);
            Backend.Write(buffer, 0, bytes);
            Assert.Equal(bytes, Read(buffer, 0, length));
            int from = length / 3, part = length - from - (length / 5);
            byte[] other = Bytes(part, 2);
            Backend.Write(buffer, from, other);
            other.CopyTo(bytes, from);
            Assert.Equal(bytes, Read(buffer, 0, length));
            Assert.Equal(bytes[from..], Read(buffer, from, length - from));
        }
    }

    /// <summary>The host's bytes may change as soon as a write has returned.</summary>
    [ContractFact]
    public void Write_BytesChangedAfterwards_HasTakenTheOldOnes()
    {
        using IDeviceBuffer buffer = Backend.Allocate(1 << 20);
        byte[] bytes = Bytes(1 << 20, 3), expected = [.. bytes];
        Backend.Write(buffer, 0, bytes);
        Array.Clear(bytes);
        Assert.Equal(expected, Read(buffer, 0, bytes.Length));
    }

    /// <summary>Copies go from any offset to any offset, within a buffer too.</summary>
    [ContractFact]
    public void Copy_BetweenAndWithinBuffers_MovesTheBytes()
    {
        byte[] a = Bytes(1000, 4), b = Bytes(2000, 5);
        using IDeviceBuffer first = Upload(a), second = Upload(b);
        Backend.Copy(first, 17, second, 1000, 903);
        a.AsSpan(17, 903).CopyTo(b.AsSpan(1000));
        Backend.Copy(second, 0, second, 500, 500);
        b.AsSpan(0, 500).CopyTo(b.AsSpan(500));
        Assert.Equal(a, Read(first, 0, a.Length));
        Assert.Equal(b, Read(second, 0, b.Length));
    }

    /// <summary>Writes, launches, copies and reads happen in the order of the calls.</summary>
    [ContractFact]
    public void Calls_OneAfterTheOther_HappenInOrder()
    {
        const int n = 1 << 16;
        var builder = new ProgramBuilder();
        int sum = builder.Emit(KernelOp.Add, builder.Input(0, DType.Int32), builder.Constant(DType.Int32, 1));
        IDeviceKernel next = Backend.Compile(new MapKernel("next", builder.Build(sum), [n], [new(0, [1])], [new(0, [1])]))!;
        using IDeviceBuffer x = Backend.Allocate(4 * n), kept = Backend.Allocate(4 * n);
        int[] host = new int[n];
        for (int round = 0; round < 50; round++)
        {
            host.AsSpan().Fill(round);
            Backend.Write(x, 0, MemoryMarshal.AsBytes(host.AsSpan()));
            Backend.Launch(next, [new(x, 0), new(x, 0)], []);
            Backend.Copy(x, 0, kept, 0, 4 * n);
            Backend.Launch(next, [new(x, 0), new(x, 0)], []);
            Backend.Write(x, 0, MemoryMarshal.AsBytes(host.AsSpan(0, n / 2)));
        }

        Backend.Wait();
        Assert.All(MemoryMarshal.Cast<byte, int>(Read(kept, 0, 4 * n)).ToArray(), value => Assert.Equal(50, value));
        int[] last = MemoryMarshal.Cast<byte, int>(Read(x, 0, 4 * n)).ToArray();
        Assert.All(last[..(n / 2)], value => Assert.Equal(49, value));
        Assert.All(last[(n / 2)..], value => Assert.Equal(51, value));
    }

    /// <summary>Many buffers live side by side.</summary>
    [ContractFact]
    public void Allocate_ManyBuffers_KeepApart()
    {
        byte[][] contents = [.. Enumerable.Range(0, 200).Select(i => Bytes(1 + (i * 37 % 501), i))];
        IDeviceBuffer[] buffers = [.. contents.Select(Upload)];
        for (int i = 0; i < buffers.Length; i++)
        {
            Assert.Equal(contents[i], Read(buffers[i], 0, contents[i].Length));
            buffers[i].Dispose();
        }
    }

    /// <summary>What a device cannot hold is refused by a message, and the device goes on.</summary>
    [ContractFact]
    public void Allocate_MoreThanThereIs_IsRefused()
    {
        Assert.True(Target.Info.Memory > 0 && Target.Info.LargestBuffer > 0);
        if (Target.Info.LargestBuffer < long.MaxValue / 4)
        {
            Assert.Throws<DeviceMemoryException>(() => Backend.Allocate(Target.Info.LargestBuffer * 3));
        }

        using IDeviceBuffer after = Upload([1, 2, 3]);
        Assert.Equal([1, 2, 3], Read(after, 0, 3));
    }

    private static byte[] Bytes(int length, int salt) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * 31) + (i >> 8) + (salt * 97)))];

    private IDeviceBuffer Upload(byte[] bytes)
    {
        IDeviceBuffer buffer = Backend.Allocate(Math.Max(1, bytes.Length));
        if (bytes.Length > 0)
        {
            Backend.Write(buffer, 0, bytes);
        }

        return buffer;
    }

    private byte[] Read(IDeviceBuffer buffer, long offset, int length)
    {
        var bytes = new byte[length];
        Backend.Read(buffer, offset, bytes);
        return bytes;
    }
}
