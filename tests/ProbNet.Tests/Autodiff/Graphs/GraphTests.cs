using System.Globalization;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GraphTests
{
    private static readonly Tensor s_x = Tensor.From([1.0, 2, 3, 4], [2, 2]);

    [Fact]
    public void Call_NewShapes_AreCompiledOnceEach()
    {
        int traces = 0;
        Graph graph = Graph.Compile((Tensor x) =>
        {
            traces++;
            return x.Square().Sum();
        });

        for (int size = 1; size <= 3; size++)
        {
            Assert.Equal(size, graph.Call(Tensor.Ones([size])).ToScalar());
            Assert.Equal(4 * size, graph.Call(Tensor.Full([size], 2, DType.Float64)).ToScalar());
        }

        Assert.Equal((6, 6), (traces, graph.PlanCount));
        graph.Call(Tensor.Ones([2]));
        Assert.Equal(6, traces);
    }

    [Fact]
    public void Call_ManyShapes_KeepsTheSixteenPlansThatWereCalledLast()
    {
        int traces = 0;
        Graph graph = Graph.Compile((Tensor x) =>
        {
            traces++;
            return x + 1;
        });
        int TracesOf(int size)
        {
            int before = traces;
            Assert.Equal(size, graph.Call(Tensor.Zeros([size])).Size);
            return traces - before;
        }

        // The first shape is called again and again between forty others, and stays.
        Assert.Equal(1, TracesOf(100));
        for (int size = 0; size < 40; size++)
        {
            Assert.Equal((1, 0), (TracesOf(size), TracesOf(100)));
        }

        // Fifteen others are kept with it, from the last one on; the sixteenth is traced anew.
        Assert.Equal(16, graph.PlanCount);
        for (int size = 39; size >= 25; size--)
        {
            Assert.Equal(0, TracesOf(size));
        }

        Assert.Equal((1, 16), (TracesOf(24), graph.PlanCount));
    }

    [Fact]
    public void Call_ChainOfFiftyLayers_SharesItsMemory()
    {
        // Each layer needs all of the one before it, and nothing older: two of 64 KiB and some scratch do for fifty.
        const int Size = 128, Layers = 50;
        Tensor weight = RandomKey.FromSeed(1).Normal([Size, Size]) * 0.1;
        Graph graph = Graph.Compile((Tensor x) =>
        {
            for (int i = 0; i < Layers; i++)
            {
                x = x.Transpose().MatMul(weight).Tanh();
            }

            return x;
        });

        graph.Call(Tensor.Ones([Size, Size]));

        string words = graph.ToString().Split(" bytes of values")[0].Split("; ")[^1];
        long bytes = long.Parse(words, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.InRange(bytes, Size * Size * sizeof(float), 6 * Size * Size * sizeof(float));
    }

    [Fact]
    public void Call_ResultKept_DoesNotChangeLater()
    {
        Graph graph = Graph.Compile((Tensor x) => 2 * x);
        Tensor first = graph.Call(s_x);
        graph.Call(10 * s_x);
        Assert.Equal([2.0, 4, 6, 8], first.ToDoubles());
    }

    // Inputs and results of 64 KiB and more are read and written where the caller has them.
    [Fact]
    public void Run_LargeInputsAndResults_AreThoseOfTheEagerFunction()
    {
        static Tensor[] F(Tensor[] x)
        {
            Tensor sum = x[0] + x[1], product = x[0] * x[1];
            return [sum, x[0], product.Sum(), sum, product.Reshape(2, -1), product.CumSum(-1)];
        }

        Graph graph = Graph.Compile((Tensor[] x) => F(x));
        RandomKey key = RandomKey.FromSeed(8);
        var all = new List<(Tensor[] Results, Tensor[] Expected)>();
        for (ulong call = 0; call < 3; call++)
        {
            Tensor[] x = [key.FoldIn(call).Uniform([40_000]), key.FoldIn(10 + call).Uniform([40_000])];
            graph.Step(x);
            all.Add((graph.Run(x), F(x)));
        }

        foreach ((Tensor[] results, Tensor[] expected) in all)
        {
            Assert.Equal(expected.Select(y => y.Shape), results.Select(y => y.Shape));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i].ToDoubles(), results[i].ToDoubles());
            }
        }
    }

    [Fact]
    public void Run_LargeInputsFromManyThreads_DoNotMeet()
    {
        Graph graph = Graph.Compile((Tensor x) => 2 * x);
        Parallel.For(0, 40, call =>
        {
            Tensor y = graph.Call(Tensor.Full([50_000 + (call % 2)], call));
            Assert.Equal((2.0 * call, 2.0 * call), ((double)y.Min().ToScalar(), (double)y.Max().ToScalar()));
        });
    }

    [Fact]
    public void Call_GradientOfSlicesThatReverse_AgreesWithEager()
    {
        static Tensor F(Tensor x) => Gradient.Of(
            z => (z[TensorIndex.Step(null, null, -1), ..2] * Tensor.From([1.0, 2, 3, 4], [2, 2])).Sum() + z[.., 2..].Square().Sum(), x);
        Tensor x = Tensor.From([1.0, 2, 3, 4, 5, 6, 7, 8], [2, 4]);
        Assert.Equal(F(x).ToDoubles(), Graph.Compile(F).Call(x).ToDoubles());
    }

    [Fact]
    public void Call_EmptyAxisWithinRows_TouchesNothingElse()
    {
        static Tensor[] F(Tensor[] x) => [x[0][.., ..0, ..2].Sum(1), Gradient.Of(z => z[.., ..0, ..2].Sum() + z.Sum(), x[0]), x[0].Square()];
        Tensor x = RandomKey.FromSeed(1).Normal([256, 3, 5], DType.Float64);
        Tensor[] eager = F([x]), compiled = Graph.Compile(F).Run(x);
        for (int i = 0; i < eager.Length; i++)
        {
            Assert.Equal(eager[i].ToDoubles(), compiled[i].ToDoubles());
        }
    }

    [Fact]
    public void Call_ProductsOfNoDepth_AreZero()
    {
        Graph graph = Graph.Compile((Tensor x, Tensor y) => x.MatMul(y));
        Assert.Equal(new double[40], graph.Call(Tensor.Zeros([5, 2, 0]), Tensor.Zeros([0, 4])).ToDoubles());
    }

    [Fact]
    public void Call_CapturedTensorThatAGradientWatches_IsDifferentiated()
    {
        Tensor data = Tensor.From([2.0, 3]);
        Assert.Equal([2.0, 3], Gradient.Of(w => Graph.Compile((Tensor x) => (x * w).Sum()).Call(data), Tensor.From([1.0, 1])).ToDoubles());
    }

    [Fact]
    public void Call_LargeIntegersThatDoublesMerge_StayApart()
    {
        Graph graph = Graph.Compile((Tensor x) => Tensor.Stack([x + Tensor.From([1L << 53]), x + Tensor.From([(1L << 53) + 1])], 0));
        Assert.Equal([1L << 53, (1L << 53) + 1], graph.Call(Tensor.From([0L])).AsSpan<long>().ToArray());
    }

    [Fact]
    public void Run_KeysMapped_DrawsForEach()
    {
        Graph graph = Graph.Compile((RandomKey key, Tensor[] x) => [key.Uniform([2], DType.Float64)]);
        Tensor keys = Tensor.Stack([RandomKey.FromSeed(1).ToTensor(), RandomKey.FromSeed(2).ToTensor()], 0);
        Tensor drawn = Batching.VMap(key => graph.Run(RandomKey.FromTensor(key))[0])(keys);
        Assert.Equal(RandomKey.FromSeed(2).Uniform([2], DType.Float64).ToDoubles(), drawn[1].ToDoubles());
    }

    [Fact]
    public void Call_ProductByAMatrixMadeFromTheSameRows_WaitsForAllOfThem()
    {
        // As many rows as the tiles of a stage have several times: the right operand needs all of them before the first product.
        static Tensor F(Tensor x) => x.Tanh().MatMul(x.Exp());
        Tensor x = RandomKey.FromSeed(1).Normal([300, 300], DType.Float64);
        Assert.Equal(F(x).ToDoubles(), Graph.Compile(F).Call(x).ToDoubles(), (a, b) => Math.Abs(a - b) <= 1e-12 * (1 + Math.Abs(a)));
    }

    [Fact]
    public void Run_WithKey_DrawsWhatEagerDraws()
    {
        static Tensor[] Draw(RandomKey key, Tensor[] x) => [x[0] + key.FoldIn(3).Normal([2, 2], DType.Float64), key.Split().Second.Uniform([5])];
        Graph graph = Graph.Compile(Draw);
        for (ulong seed = 0; seed < 3; seed++)
        {
            Tensor[] expected = Draw(RandomKey.FromSeed(seed), [s_x]), actual = graph.Run(RandomKey.FromSeed(seed), s_x);
            Assert.Equal(expected[0].ToDoubles(), actual[0].ToDoubles());
            Assert.Equal(expected[1].ToDoubles(), actual[1].ToDoubles());
        }

        Assert.Equal(1, graph.PlanCount);
    }

    [Fact]
    public void Run_InsideAGradient_IsDifferentiatedThrough()
    {
        var parameter = new Parameter("w", Tensor.From([3.0]));
        Graph graph = Graph.Compile((Tensor x) => (x * parameter.Read()).Square().Sum());

        Tensor gradient = Gradient.Of(x => graph.Call(x), Tensor.From([2.0]));
        (_, Tensor[] gradients) = Gradient.ValueAndGradient(() => graph.Call(Tensor.From([2.0])), [parameter]);

        Assert.Equal(36, gradient.ToScalar());
        Assert.Equal(24, gradients[0].ToScalar());
    }

    [Fact]
    public void Call_InsideAnotherGraph_BecomesPartOfIt()
    {
        Graph inner = Graph.Compile((Tensor x) => x.Exp()), outer = Graph.Compile((Tensor x) => inner.Call(x).Log() + 1);
        Assert.Equal([2.0, 3, 4, 5], outer.Call(s_x).ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0, inner.PlanCount);
    }

    [Fact]
    public void Run_CheckpointAndItsGradient_AgreeWithEager()
    {
        static Tensor[] F(Tensor[] x)
        {
            (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient((Tensor[] z) => Gradient.Checkpoint(u => u[0].Sin().Exp(), z[0]).Sum(), x);
            return [value, gradients[0]];
        }

        Tensor[] eager = F([s_x]), compiled = Graph.Compile(F).Run(s_x);

        Assert.Equal(eager[0].ToScalar(), compiled[0].ToScalar(), 1e-12);
        Assert.Equal(eager[1].ToDoubles(), compiled[1].ToDoubles(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Call_CustomOperationOnEightThreads_GivesEachItsOwnResult()
    {
        Graph graph = Graph.Compile((Tensor x) => 2 * Gradient.Custom("Round", inputs => inputs[0].Round(), (_, _, g) => [g], x));

        Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(2 * i, graph.Call(Tensor.Full([500], i + 0.25, DType.Float64)).Mean().ToScalar()));
    }

    [Fact]
    public void ToString_GradientOfABias_NamesTheValueBehindTheReshape()
    {
        var b = new Parameter("b", Tensor.From([1f, 2f]));
        var sgd = new Sgd(0.1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => (0.1f * (x + b)).Square().Sum(), [b]);
            sgd.Step([b], gradients);
            return loss;
        });

        graph.Scalar(Tensor.Ones([50_000, 2]));

        string text = graph.ToString();
        Assert.Contains("50,000 rows, 8,192 at a time", text, StringComparison.Ordinal);
        Assert.Contains(" as [2]", text, StringComparison.Ordinal);
        Assert.Contains("Multiply(0.1, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_EightThreadsAtOnce_GiveWhatOneGives()
    {
        var w = new Parameter("w", RandomKey.FromSeed(1).Normal([64, 64], DType.Float32));
        Graph graph = Graph.Compile((Tensor x) => x.MatMul(w.Value).Tanh().MatMul(w.Value).Softmax());
        Tensor[] inputs = [.. Enumerable.Range(0, 8).Select(i => RandomKey.FromSeed(i).Normal([128, 64], DType.Float32))];
        Tensor[] alone = Array.ConvertAll(inputs, input => graph.Call(input));

        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.True(alone[i % 8].AsSpan<float>().SequenceEqual(graph.Call(inputs[i % 8]).AsSpan<float>())));
    }

    [Fact]
    public void Call_ValueReadWhileTracing_SaysWhatToWrite()
    {
        Graph graph = Graph.Compile((Tensor x) => x.Sum().ToScalar() > 0 ? x : -x);
        var e = Assert.Throws<TracingException>(() => graph.Call(s_x));
        Assert.Contains("Where instead of if", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_CapturedKey_IsRefused()
    {
        RandomKey key = RandomKey.FromSeed(1);
        Graph graph = Graph.Compile((Tensor x) => x + key.Normal([2, 2], DType.Float64));
        Assert.Throws<TracingException>(() => graph.Call(s_x));
    }

    [Fact]
    public void Run_KeyMissingOrNotWanted_IsAnError()
    {
        Graph with = Graph.Compile((RandomKey key, Tensor[] x) => [key.Uniform([1])]), without = Graph.Compile((Tensor x) => x);
        Assert.Contains("pass a key", Assert.Throws<ArgumentException>(() => with.Run()).Message, StringComparison.Ordinal);
        Assert.Contains("takes no key", Assert.Throws<ArgumentException>(() => without.Run(RandomKey.FromSeed(1), s_x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scalar_ResultWithSeveralElements_IsAnError()
    {
        Graph graph = Graph.Compile((Tensor x) => x);
        Assert.Contains("[2, 2]", Assert.Throws<ShapeException>(() => graph.Scalar(s_x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_WrongNumberOfInputs_IsAnError()
    {
        Graph graph = Graph.Compile((Tensor x, Tensor y) => x + y);
        Assert.Contains("takes 2 inputs, but 1", Assert.Throws<ArgumentException>(() => graph.Call(s_x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_SoftmaxOfALayer_ListsStagesAndBytes()
    {
        var w = new Parameter("w", Tensor.Ones([3, 2]));
        Graph graph = Graph.Compile((Tensor x) => x.MatMul(w.Value).Softmax());
        Assert.Equal("graph: not called yet", graph.ToString());

        graph.Call(Tensor.Ones([4, 3]));

        string text = graph.ToString();
        Assert.Contains("2 operations in 2 steps of 1 stage;", text, StringComparison.Ordinal);
        Assert.Contains("MatMul(input 0, w)  (32 bytes)", text, StringComparison.Ordinal);
        Assert.Contains("Softmax(", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_EqualSubexpressionsAndUnusedOnes_AreComputedOnceOrNever()
    {
        Graph graph = Graph.Compile((Tensor x) =>
        {
            _ = x.Cosh();
            return (2 * x).Exp() + (2 * x).Exp();
        });
        graph.Call(s_x);
        string text = graph.ToString();
        Assert.Equal(2, text.Split("Exp(").Length);
        Assert.DoesNotContain("Cosh", text, StringComparison.Ordinal);
    }
}
