using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The reference of the contract tests against tensors: each kind of kernel once or twice.</summary>
public class HostBackendTests
{
    private static readonly HostBackend s_backend = new();

    [Fact]
    public void Map_BroadcastReversedAndWithANumber_IsTheTensorsResult()
    {
        Tensor x = Draw([3, 4]), row = Draw([4]);
        var builder = new ProgramBuilder();
        int product = builder.Emit(KernelOp.Multiply, builder.Input(0, DType.Float32), builder.Input(1, DType.Float32));
        int axis = builder.Convert(builder.Index(1, DType.Int32), DType.Float32);
        int sum = builder.Emit(KernelOp.Add, builder.Emit(KernelOp.Multiply, product, builder.Number(0, DType.Float32)), axis);
        var kernel = new MapKernel("map", builder.Build(sum), [3, 4], [new(0, [4, 1]), new(3, [0, -1])], [new(0, [4, 1])]);
        Tensor expected = (x * row.Flip(0) * 2.5f) + Tensor.Arange(4).Cast(DType.Float32);
        Assert.Equal(expected.ToArray<float>(), Run<float>(kernel, 12, [2.5], x, row));
    }

    [Fact]
    public void Map_OverItsInput_ReadsBeforeItWrites()
    {
        using IDeviceBuffer buffer = Upload(Draw([5]));
        var kernel = new MapKernel("exp", RecordedKernel.Of(Negate.Instance, [DType.Float32])!, [5], [new(0, [1])], [new(0, [1])]);
        s_backend.Launch(s_backend.Compile(kernel)!, [new(buffer, 0), new(buffer, 0)], []);
        Assert.Equal((-Draw([5])).ToArray<float>(), Download<float>(buffer, 5));
    }

    [Fact]
    public void Reduce_SeveralWithWrittenAndFinish_AreTheTensorsResults()
    {
        Tensor x = Draw([2, 3, 4]), scale = Draw([2, 4]);
        var builder = new ProgramBuilder();
        int input = builder.Input(0, DType.Float32);
        KernelProgram program = builder.Build(input, input, builder.Emit(KernelOp.Negate, input));
        var after = new ProgramBuilder();
        int largest = after.Input(0, DType.Float32), where = after.Input(1, DType.Int64), factor = after.Input(2, DType.Float32);
        KernelProgram finish = after.Build(after.Emit(KernelOp.Multiply, largest, factor), where);
        var kernel = new ReduceKernel(
            "max", program, [2, 3, 4], 1, 1, [new(0, [12, 4, 1])], [Reduction.Max, Reduction.ArgMax], [new(0, [12, 4, 1])],
            finish, [new(0, [4, 1])], [new(0, [4, 1]), new(0, [4, 1])]);
        using IDeviceBuffer from = Upload(x), written = s_backend.Allocate(96), factors = Upload(scale), most = s_backend.Allocate(32), places = s_backend.Allocate(64);
        s_backend.Launch(s_backend.Compile(kernel)!, [new(from, 0), new(written, 0), new(factors, 0), new(most, 0), new(places, 0)], []);
        Assert.Equal((-x).ToArray<float>(), Download<float>(written, 24));
        Assert.Equal((x.Max(1) * scale).ToArray<float>(), Download<float>(most, 8));
        Assert.Equal(x.ArgMax(1).ToArray<long>(), Download<long>(places, 8));
    }

    [Theory]
    [InlineData(Reduction.Sum, new float[] { }, 0f)]
    [InlineData(Reduction.Product, new float[] { }, 1f)]
    [InlineData(Reduction.LogSumExp, new float[] { }, float.NegativeInfinity)]
    [InlineData(Reduction.LogSumExp, new[] { float.NegativeInfinity, float.NegativeInfinity }, float.NegativeInfinity)]
    [InlineData(Reduction.LogSumExp, new[] { 1f, float.PositiveInfinity }, float.PositiveInfinity)]
    [InlineData(Reduction.LogSumExp, new[] { 1f, float.NaN, float.PositiveInfinity }, float.NaN)]
    [InlineData(Reduction.LogSumExp, new[] { 200f, 200f }, 200.693147f)]
    [InlineData(Reduction.Min, new[] { 3f, float.NaN, 1f }, float.NaN)]
    [InlineData(Reduction.Product, new[] { 3f, -2f }, -6f)]
    public void Reduce_Corners_AreTheDocumentedOnes(Reduction kind, float[] values, float expected)
    {
        KernelProgram copy = KernelProgram.Copy(DType.Float32);
        var kernel = new ReduceKernel("corner", copy, [values.Length], 0, 1, [new(0, [1])], [kind], [], copy, [], [new(0, [])]);
        Assert.Equal([expected], Run<float>(kernel, 1, [], Tensor.From(values)));
    }

    [Fact]
    public void MatrixProduct_TransposedAndShared_IsTheTensorsResult()
    {
        Tensor left = Draw([2, 5, 3], DType.Float64), right = Draw([4, 5], DType.Float64);
        KernelProgram copy = KernelProgram.Copy(DType.Float64);
        var kernel = new MatrixProductKernel("product", DType.Float64, 2, 3, 4, 5, true, true, 15, 0, copy, [], [new(0, [12, 4, 1])]);
        double[] expected = left.Transpose(1, 2).MatMul(right.Transpose()).ToArray<double>();
        Assert.All(Run<double>(kernel, 24, [], left, right).Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 12));
    }

    [Fact]
    public void GatherAndScatterAdd_WithIndicesOutside_NeitherReadNorWriteThere()
    {
        Tensor x = Draw([2, 3, 2]), index = Tensor.From([2, -1, 0, 2]), s = Draw([2, 4, 2]);
        float[] gathered = Run<float>(new GatherKernel("take", DType.Float32, DType.Int32, 2, 3, 2, 4, false), 16, [], x, index);
        float[] added = Run<float>(new ScatterAddKernel("add", DType.Float32, DType.Int32, 2, 3, 2, 4, false), 12, [], x, index, s);
        Tensor inside = Tensor.From<long>([2, 0, 2]);
        float[] taken = x.Take(1, inside).ToArray<float>();
        Assert.Equal(taken[..2], gathered[..2]);
        Assert.Equal(taken[2..6], gathered[4..8]);
        float[] expected = x.ToArray<float>(), source = s.ToArray<float>();
        for (int o = 0; o < 2; o++)
        {
            for (int i = 0; i < 2; i++)
            {
                expected[(6 * o) + 4 + i] = expected[(6 * o) + 4 + i] + source[(8 * o) + i] + source[(8 * o) + 6 + i];
                expected[(6 * o) + i] += source[(8 * o) + 4 + i];
            }
        }

        Assert.Equal(expected, added);
    }

    [Fact]
    public void Scan_Reversed_IsTheSumToTheEnd()
    {
        Tensor x = Tensor.From([1, 2, 3, 4, 5, 6]).Reshape(3, 2);
        Assert.Equal([9, 12, 8, 10, 5, 6], Run<int>(new ScanKernel("scan", Reduction.Sum, DType.Int32, 1, 3, 2, true), 6, [], x));
    }

    [Fact]
    public void Sort_WithTiesAndNaN_KeepsTheOrderOfEqualElements()
    {
        Tensor x = Tensor.From([2f, float.NaN, 1f, 2f, -0f, 0f]);
        Assert.Equal([4L, 5, 2, 0, 3, 1], Run<long>(new SortKernel("sort", DType.Float32, 1, 6, 1, false), 6, [], x));
        Assert.Equal([1L, 0, 3, 2, 4, 5], Run<long>(new SortKernel("sort", DType.Float32, 1, 6, 1, true), 6, [], x));
    }

    [Fact]
    public void Random_OfAKey_HasTheBitsOfItsDraws()
    {
        RandomKey key = RandomKey.FromSeed(5).FoldIn(3);
        Assert.Equal(
            key.Normal([9], DType.Float32).ToArray<float>(),
            Run<float>(new RandomKernel("normal", RecordedKernel.RandomMap<RandomMaps.Normal, float>(), 9), 9, [], key.ToTensor()));
        Assert.Equal(
            key.Normal([9], DType.Float64).ToArray<double>(),
            Run<double>(new RandomKernel("normal", RecordedKernel.RandomMap<RandomMaps.Normal, double>(), 9), 9, [], key.ToTensor()));
    }

    [Fact]
    public void Read_AfterDispose_IsRefused()
    {
        IDeviceBuffer buffer = s_backend.Allocate(64);
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => s_backend.Read(buffer, 0, new byte[1]));
        Assert.Throws<DeviceMemoryException>(() => s_backend.Allocate(s_backend.Info.LargestBuffer + 1));
    }

    private static Tensor Draw(Shape shape, DType dtype = DType.Float32) => RandomKey.FromSeed(shape.Size).Normal(shape, dtype);

    private static T[] Run<T>(Kernel kernel, int results, double[] numbers, params Tensor[] inputs) where T : unmanaged
    {
        BufferSlice[] buffers = [.. inputs.Select(x => new BufferSlice(Upload(x), 0)), new(s_backend.Allocate(Math.Max(64, results * Marshal.SizeOf<T>())), 0)];
        s_backend.Launch(s_backend.Compile(kernel)!, buffers, numbers);
        return Download<T>(buffers[^1].Buffer, results);
    }

    private static IDeviceBuffer Upload(Tensor x)
    {
        var bytes = new byte[Buffer.ByteLength(x.RawData)];
        Buffer.BlockCopy(x.RawData, 0, bytes, 0, bytes.Length);
        IDeviceBuffer buffer = s_backend.Allocate(Math.Max(1, bytes.Length));
        s_backend.Write(buffer, 0, bytes);
        return buffer;
    }

    private static T[] Download<T>(IDeviceBuffer buffer, int count) where T : unmanaged
    {
        var result = new T[count];
        s_backend.Read(buffer, 0, MemoryMarshal.AsBytes(result.AsSpan()));
        return result;
    }
}
