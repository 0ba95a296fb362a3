using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class SymbolicKeyTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(-5).FoldIn(3);
    private static readonly Tensor s_rates = Tensor.From([0.3f, 4, 50, 1000], [2, 2]);

    private static readonly Dictionary<string, Func<RandomKey, Tensor>> s_draws = new()
    {
        ["Uniform"] = key => key.Uniform([7, 3]),
        ["UniformOpen"] = key => key.UniformOpen([7], DType.Float64),
        ["Normal"] = key => key.Normal([5000]),
        ["Normal Float64"] = key => key.Normal([301], DType.Float64),
        ["Exponential"] = key => key.Exponential([20]),
        ["Gumbel"] = key => key.Gumbel([20]),
        ["LogGamma"] = key => key.LogGamma(s_rates, [300]),
        ["Poisson"] = key => key.Poisson(s_rates.Cast(DType.Float64), [3]),
        ["Integers"] = key => key.Integers(-5, 100, [33]),
        ["Permutation"] = key => key.Permutation(100),
        ["Split and FoldIn"] = key => key.Split().Second.FoldIn(ulong.MaxValue).Split(4)[3].Uniform([9]),
        ["Bits"] = key => key.Split().First.ToTensor(),
    };

    public static TheoryData<string> Names => [.. s_draws.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_KeyThatIsAnInput_HasTheBitsOfTheKeyItself(string name)
    {
        Func<RandomKey, Tensor> draw = s_draws[name];
        TracedFunction traced = Traced(draw);
        Assert.True(traced.Results[0].IsSymbolic);
        foreach (RandomKey key in s_key.Split(3))
        {
            Assert.Equal(draw(key).ToDoubles(), traced.Run([key.ToTensor()])[0].ToDoubles());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_IntoAnArray_AllocatesNothingAndOverwritesAll(string name)
    {
        foreach (Tensor operation in Traced(s_draws[name]).Operations)
        {
            Op op = operation.Node!.Op;
            Tensor[] inputs = [.. operation.Node.Inputs.Select(input => input.IsSymbolic ? s_key.ToTensor() : input)];
            Array result = op.Evaluate(inputs, op.Infer(inputs)), again = (Array)result.Clone();
            Array.Clear(again);
            op.Evaluate(inputs, again);
            long before = GC.GetAllocatedBytesForCurrentThread();
            op.Evaluate(inputs, again);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            Assert.Equal(result, again);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_KeyWithBitsInATrace_SaysWhatToWrite(string name)
    {
        using var trace = new Trace();
        if (name == "Bits")
        {
            // Deriving keys draws nothing.
            Assert.False(s_draws[name](s_key).IsSymbolic);
            return;
        }

        string message = Assert.Throws<TracingException>(() => s_draws[name](s_key)).Message;
        Assert.Contains("RandomKey(", message);
        Assert.Contains("Graph.Compile((key, inputs) => ...)", message);
    }

    [Fact]
    public void Draw_SymbolicKeyInATrace_Works()
    {
        using var trace = new Trace();
        Assert.True(Traced(key => key.Normal([3])).Results[0].IsSymbolic);
    }

    [Fact]
    public void VMap_OverKeys_DrawsForEach()
    {
        RandomKey[] keys = s_key.Split(4);
        Tensor together = Batching.VMap((Tensor key) => RandomKey.FromTensor(key).FoldIn(2).Normal([5]))(Tensor.Stack([.. keys.Select(key => key.ToTensor())]));
        Assert.Equal([4, 5], together.Shape);
        for (int i = 0; i < keys.Length; i++)
        {
            Assert.Equal(keys[i].FoldIn(2).Normal([5]).ToDoubles(), together[i].ToDoubles());
        }
    }

    [Fact]
    public void VMap_KeyWithBits_DrawsOnceForAll()
    {
        Tensor x = Tensor.Zeros([3, 2]);
        Tensor y = Batching.VMap((Tensor row) => row + s_key.Normal([2]))(x);
        Assert.Equal((x + s_key.Normal([2])).ToDoubles(), y.ToDoubles());
    }

    [Fact]
    public void ToTensor_ThenFromTensor_IsTheKey()
    {
        Assert.Equal(s_key, RandomKey.FromTensor(s_key.ToTensor()));
        Assert.Equal(DType.Int64, s_key.ToTensor().DType);
        Assert.Equal([2], s_key.ToTensor().Shape);
        Assert.Equal(-1, RandomKey.FromSeed(-1).ToTensor().ToArray<long>()[0]);
    }

    [Fact]
    public void FromTensor_WrongTypeOrShape_IsRefused()
    {
        Assert.Contains("the bits are Float32 [2]; a key is Int64 [2]", Assert.Throws<DTypeException>(() => RandomKey.FromTensor(Tensor.Ones([2]))).Message);
        Assert.Contains("the bits are Int64 [3]", Assert.Throws<ShapeException>(() => RandomKey.FromTensor(Tensor.From(1L, 2, 3))).Message);
        Assert.Throws<ShapeException>(() => RandomKey.FromTensor(Tensor.From(1L, 2).Reshape([2, 1])));
    }

    [Fact]
    public void SymbolicKey_BitsAndText_SayThatThereAreNone()
    {
        RandomKey key = RandomKey.FromSymbol(Tensor.Symbol([2], DType.Int64));
        Assert.Equal("RandomKey(symbolic)", key.ToString());
        Assert.Contains("draw tensors from it", Assert.Throws<TracingException>(() => key.Key).Message);
        Assert.NotEqual(key, default);
    }

    private static TracedFunction Traced(Func<RandomKey, Tensor> draw) =>
        TracedFunction.Trace(inputs => [draw(RandomKey.FromTensor(inputs[0]))], [new TensorType([2], DType.Int64)]);
}
