using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Transfers and the liveness of buffers, on the device itself.</summary>
public class OpenClContextTests
{
    private static OpenClContext Context => OpenClTest.Device.Context;

    [OpenClTheory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(OpenClStaging.LargestCopy)]
    [InlineData(OpenClStaging.LargestCopy + 1)]
    public void Write_ThenRead_ReturnsTheBytes(int bytes)
    {
        byte[] source = Bytes(bytes);
        using OpenClBuffer buffer = Context.Allocate(bytes);
        Context.Write(buffer, 0, source);
        byte[] expected = [.. source];
        Array.Clear(source);
        var target = new byte[bytes];
        Context.Read(buffer, 0, target);
        Assert.Equal(expected, target);
    }

    [OpenClFact]
    public void Write_ManyInARow_KeepsEachOnesBytes()
    {
        const int Size = 4096;
        using OpenClBuffer buffer = Context.Allocate(100 * Size);
        var source = new byte[Size];
        for (int i = 0; i < 100; i++)
        {
            Array.Fill(source, (byte)(i + 1));
            Context.Write(buffer, i * Size, source);
        }

        var target = new byte[100 * Size];
        Context.Read(buffer, 0, target);
        Assert.Equal(Enumerable.Range(0, 100 * Size).Select(i => (byte)((i / Size) + 1)), target);
    }

    [OpenClFact]
    public void ReadAndWrite_AtAnOffset_TouchOnlyTheirBytes()
    {
        using OpenClBuffer buffer = Context.Allocate(16);
        Context.Write(buffer, 0, Bytes(16));
        Context.Write(buffer, 5, [100, 101, 102]);
        var target = new byte[6];
        Context.Read(buffer, 4, target);
        Assert.Equal([5, 100, 101, 102, 9, 10], target);
    }

    [OpenClFact]
    public void Copy_BetweenOffsets_MovesTheBytes()
    {
        using OpenClBuffer source = Context.Allocate(8);
        using OpenClBuffer target = Context.Allocate(8);
        Context.Write(source, 0, Bytes(8));
        Context.Fill(target, 0, 8, [0]);
        Context.Copy(source, 2, target, 4, 3);
        Assert.Equal([0, 0, 0, 0, 3, 4, 5, 0], Read(target));
    }

    [OpenClFact]
    public void Copy_WithinABuffer_RefusesOnlyOverlap()
    {
        using OpenClBuffer buffer = Context.Allocate(8);
        Context.Write(buffer, 0, Bytes(8));
        Context.Copy(buffer, 0, buffer, 4, 4);
        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], Read(buffer));
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => Context.Copy(buffer, 0, buffer, 3, 4)).Message);
    }

    [OpenClFact]
    public void Fill_PatternOfFloats_RepeatsIt()
    {
        using OpenClBuffer buffer = Context.Allocate(16);
        Context.Fill(buffer, 0, 16, [0]);
        Context.Fill(buffer, 4, 8, MemoryMarshal.AsBytes<float>([1.5f]));
        Assert.Equal([0, 1.5f, 1.5f, 0], MemoryMarshal.Cast<byte, float>(Read(buffer)).ToArray());
        Assert.Throws<ArgumentException>(() => Context.Fill(buffer, 0, 16, new byte[3]));
        Assert.Throws<ArgumentException>(() => Context.Fill(buffer, 2, 4, new byte[4]));
        Assert.Throws<ArgumentException>(() => Context.Fill(buffer, 0, 4, []));
    }

    [OpenClTheory]
    [InlineData(0, 17)]
    [InlineData(16, 1)]
    [InlineData(-1, 4)]
    [InlineData(long.MaxValue, 4)]
    public void Transfer_OutsideTheBuffer_IsRefused(long offset, int bytes)
    {
        using OpenClBuffer buffer = Context.Allocate(16);
        using OpenClBuffer large = Context.Allocate(64);
        var host = new byte[bytes];
        Assert.Contains("a buffer of 16 bytes", Assert.Throws<ArgumentOutOfRangeException>(() => Context.Write(buffer, offset, host)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Read(buffer, offset, host));
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Copy(buffer, offset, large, 0, bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Copy(large, 0, buffer, offset, bytes));
        Assert.Throws<ArgumentOutOfRangeException>(() => Context.Fill(buffer, offset, bytes, [0]));
    }

    [OpenClFact]
    public void Transfer_OfNothing_DoesNothing()
    {
        using OpenClBuffer buffer = Context.Allocate(4);
        Context.Write(buffer, 4, []);
        Context.Read(buffer, 4, []);
        Context.Copy(buffer, 0, buffer, 0, 0);
        Context.Fill(buffer, 0, 0, [0]);
    }

    [OpenClFact]
    public void Transfer_DisposedBuffer_Throws()
    {
        OpenClBuffer buffer = Context.Allocate(16);
        buffer.Dispose();
        buffer.Dispose();
        string message = Assert.Throws<ObjectDisposedException>(() => Context.Write(buffer, 0, new byte[4])).Message;
        Assert.Contains("Write: the buffer of 16 bytes", message);
        Assert.Throws<ObjectDisposedException>(() => Context.Read(buffer, 0, new byte[4]));
        Assert.Throws<ObjectDisposedException>(() => Context.Fill(buffer, 0, 4, [0]));
        Assert.Throws<ObjectDisposedException>(() => Context.Copy(buffer, 0, buffer, 8, 4));
    }

    [OpenClFact]
    public void Transfer_BufferOfAnotherContextOrBackEnd_NamesBoth()
    {
        using var other = new OpenClContext(OpenClTest.Device);
        using OpenClBuffer buffer = other.Allocate(16);
        Assert.Contains("the buffer is on", Assert.Throws<ArgumentException>(() => Context.Write(buffer, 0, new byte[4])).Message);
        Assert.Contains("of another back end", Assert.Throws<ArgumentException>(() => Context.Write(new FakeBuffer(16), 0, new byte[4])).Message);
    }

    [OpenClFact]
    public void Context_Disposed_RefusesAndItsBuffersMayGoLater()
    {
        var context = new OpenClContext(OpenClTest.Device);
        OpenClBuffer buffer = context.Allocate(16);
        context.Write(buffer, 0, new byte[16]);
        context.Dispose();
        context.Dispose();
        Assert.Throws<ObjectDisposedException>(() => context.Allocate(16));
        Assert.Throws<ObjectDisposedException>(() => context.Read(buffer, 0, new byte[16]));
        Assert.Throws<ObjectDisposedException>(context.Wait);
        buffer.Dispose();
    }

    [OpenClFact]
    public void Allocate_MoreThanTheLargestBuffer_SaysSo()
    {
        string message = Assert.Throws<DeviceMemoryException>(() => Context.Allocate(1L << 50)).Message;
        Assert.Contains("1125899906842624 bytes", message);
    }

    [OpenClFact]
    public void Counters_AfterTransfers_CountThem()
    {
        using var context = new OpenClContext(OpenClTest.Device);
        using OpenClBuffer buffer = context.Allocate(64);
        context.Write(buffer, 0, new byte[64]);
        context.Write(buffer, 0, new byte[4]);
        context.Read(buffer, 0, new byte[10]);
        context.Copy(buffer, 0, buffer, 32, 8);
        Assert.Equal(
            new OpenClCounters(Launches: 0, Uploads: 2, UploadedBytes: 68, Downloads: 1, DownloadedBytes: 10, Copies: 1, CopiedBytes: 8, Programs: 0), context.Counters);
    }

    private static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];

    private static byte[] Read(OpenClBuffer buffer)
    {
        var target = new byte[buffer.Bytes];
        Context.Read(buffer, 0, target);
        return target;
    }
}
