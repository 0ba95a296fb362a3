using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

public abstract partial class DeviceContractTests
{
    // Compiled before the first of them runs, for back ends that compile kernels together.
    private const int GraphsTogether = 40;

    /// <summary>Every operation and its gradient as a graph on the device, twice, for the second call runs over memory that the first one has used.</summary>
    [ContractFact]
    public void Graph_EveryOperationAndItsGradient_AgreesWithTheProcessor()
    {
        var wrong = new List<string>();
        foreach ((string Name, (Func<Tensor[], Tensor[]> Function, Tensor[] Inputs) Of)[] together in Sampled().Chunk(GraphsTogether))
        {
            var checks = new List<(string Name, Graph Graph, Tensor[] There, Tensor[] Expected)>();
            foreach ((string name, (Func<Tensor[], Tensor[]> f, Tensor[] inputs)) in together)
            {
                Try(wrong, name, () =>
                {
                    Tensor[] here = Array.ConvertAll(inputs, x => Target.Info.HasFloat64 || x.DType != DType.Float64 ? x : x.Cast(DType.Float32));
                    if (Expected(f, here) is { } expected)
                    {
                        Tensor[] there = Array.ConvertAll(here, x => x.To(Target));
                        Graph graph = Graph.Compile(f);
                        graph.Prepare(there);
                        checks.Add((name, graph, there, expected));
                    }

                    return null;
                });
            }

            foreach ((string name, Graph graph, Tensor[] there, Tensor[] expected) in checks)
            {
                Try(wrong, name, () =>
                {
                    graph.Run(there);
                    return Enumerable.Range(0, expected.Length).Zip(graph.Run(there), (i, actual) => Difference(expected[i], actual)).FirstOrDefault(found => found is not null);
                });
            }
        }

        AssertNone(wrong);
    }

    // Where each is kernels to compile, some of them will do: operations one by one are tested in full. One case of every third function, with another of its shapes each time;
    // of the operations of distributions, which go through the host, of every tenth.
    private IEnumerable<(string Name, (Func<Tensor[], Tensor[]> Function, Tensor[] Inputs) Of)> Sampled() => IsThorough
        ? OpEvaluationCases.Functions.Select(of => (of.Key, of.Value))
        : OpEvaluationCases.Functions.GroupBy(of => of.Key.Split(" #")[0])
            .Where((group, i) => i % (GradientTable.OfDistributions.Contains(group.Key) ? 10 : 3) == 0)
            .Select((group, i) => group.ElementAt(i % group.Count())).Select(of => (of.Key, of.Value));

    // Null where the device cannot compute it for want of Float64, which some functions of the tables hold constants of.
    private Tensor[]? Expected(Func<Tensor[], Tensor[]> f, Tensor[] inputs)
    {
        try
        {
            Tensor[] expected = f(inputs);
            return !Target.Info.HasFloat64 && expected.Any(IsDouble) ? null : expected;
        }
        catch (DTypeException) when (!Target.Info.HasFloat64)
        {
            return null;
        }
    }

    /// <summary>Graphs of random operations with gradients: fusion in all its combinations.</summary>
    [ContractFact]
    public void Graph_RandomOnes_AgreeWithTheProcessor()
    {
        // A cast to Float32 inside makes a rounding of Float64 one of Float32; sums of 37 terms and gradients of chains of 12 enlarge it.
        double tolerance = Target.Info.HasFloat64 ? 1e-5 : 1e-3;
        DType dtype = Target.Info.HasFloat64 ? DType.Float64 : DType.Float32;
        var wrong = new List<string>();
        for (int seed = 0; seed < (IsThorough ? 100 : 5); seed++)
        {
            RandomKey key = RandomKey.FromSeed(seed);
            int[] choices = Array.ConvertAll(key.Integers(0, 1 << 20, [4 + (seed % 9)]).ToArray<long>(), value => (int)value);
            Tensor[] inputs = RandomGraph.Inputs(seed, dtype);
            Func<Tensor[], Tensor[]> f = x => RandomGraph.Build(choices, x);
            Try(wrong, FormattableString.Invariant($"seed {seed}"), () =>
            {
                Tensor[] expected = f(inputs), actual = Graph.Compile(f).Run(Array.ConvertAll(inputs, x => x.To(Target)));
                return expected.Zip(actual, (a, b) => Difference(a, b, tolerance)).FirstOrDefault(found => found is not null);
            });
        }

        AssertNone(wrong);
    }

    /// <summary>Chains of views, reductions with what comes before and after them, and products with what follows: what fusion is made of.</summary>
    [ContractFact]
    public void Graph_ViewsReductionsAndProducts_AgreeWithTheProcessor()
    {
        Tensor x = Values([17, 65], DType.Float32, 1), w = Values([65, 33], DType.Float32, 2), bias = Values([33], DType.Float32, 3), index = Tensor.From<long>([3, 0, 16, 3]);
        (string Name, Func<Tensor[], Tensor[]> Function)[] cases =
        [
            ("views", v => [v[0].Transpose().Reshape(5, 13, 17).Permute(2, 0, 1)[.., 1..4, TensorIndex.Step(null, null, -3)].Reshape(-1) * 2]),
            ("view of a view as result", v => [v[0].Transpose()[2..7].Transpose(), v[0].Reshape(65, 17), v[0][3]]),
            ("view between maps", v => [(v[0].Exp().Transpose() + v[0].Tanh().Transpose()).Flip(0).Sigmoid()]),
            ("broadcast view", v => [(v[2].BroadcastTo([17, 33]) * v[2].Reshape(33, 1)[..17]).Sum(1)]),
            ("softmax by hand", v => [(v[0] - v[0].Max(-1, keepDims: true)).Exp() / (v[0] - v[0].Max(-1, keepDims: true)).Exp().Sum(-1, keepDims: true)]),
            ("reduction with finisher", v => [(v[0].Square().Sum(-1) + 1).Log() * 0.5, v[0].Abs().Mean().Sqrt()]),
            ("reductions of one producer", v => [(v[0] * 2).Sum(), (v[0] * 2).Max(), (v[0] * 2).Sum(0)]),
            ("normalised rows", v => [(v[0] - v[0].Mean(-1, keepDims: true)) / (v[0].Var(-1, keepDims: true) + 1e-3).Sqrt()]),
            ("product with epilogue", v => [(v[0].MatMul(v[1]) + v[2]).Tanh(), v[0].MatMul(v[1]).Relu().Sum(0)]),
            ("products of transposes", v => [v[1].Transpose().MatMul(v[0].Transpose()) * 0.5, v[0].Transpose().MatMul(v[0]), v[0].MatMul(v[0].Transpose())]),
            ("batched product", v => [v[0].Reshape(17, 5, 13).MatMul(v[1][..13]) + v[2]]),
            ("indices", v => [v[0].Take(0, v[3]).Exp().Sum(-1), v[0].Exp().IndexAdd(0, v[3], v[0][..4] * 2)]),
            ("inside the host", v => [(v[0][.., ..17].MatMul(v[0][.., ..17].Transpose()) + Tensor.Eye(17)).Cholesky().Exp().Sum(0)]),
            ("constants", v => [v[0] * Tensor.Arange(65).Cast(DType.Float32), v[0] + Values([65], DType.Float32, 9).AsFree(), Tensor.Full([3], 7.0)]),
            ("the input itself", v => [v[0], v[0]]),
            ("empty", v => [v[0][..0] + 1, v[0][..0].Sum(0), v[0][.., ..0].MatMul(v[1][..0])]),
        ];
        Tensor[] here = [x, w, bias, index], there = Array.ConvertAll(here, v => v.To(Target));
        var wrong = new List<string>();
        foreach ((string name, Func<Tensor[], Tensor[]> f) in cases)
        {
            Try(wrong, name, () =>
            {
                Tensor[] expected = f(here);
                Graph graph = Graph.Compile(f);
                graph.Run(there);
                return expected.Zip(graph.Run(there), (a, b) => Difference(a, b)).FirstOrDefault(found => found is not null);
            });
        }

        AssertNone(wrong);
    }

    /// <summary>Results are tensors of their own: later calls, also of other shapes, do not change them.</summary>
    [ContractFact]
    public void Graph_ResultsOfEarlierCalls_KeepTheirValues()
    {
        Graph graph = Graph.Compile((Tensor[] x) => [x[0].Exp() * 2, x[0], x[0].Sum(), x[0][..2]]);
        Tensor[] inputs = [.. Enumerable.Range(0, 6).Select(i => Values([3 + (i % 2), 5], DType.Float32, i))];
        Tensor[][] results = [.. inputs.Select(x => graph.Run(x.To(Target)))];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor x = inputs[i];
            Tensor[] expected = [x.Exp() * 2, x, x.Sum(), x[..2]];
            Assert.All(expected.Zip(results[i]), pair => AssertSame(pair.First, pair.Second, FormattableString.Invariant($"call {i}")));
        }
    }

    /// <summary>Parameters of the device are read anew at each call, and writings take effect at its end, as if at once.</summary>
    [ContractFact]
    public void Graph_ParametersReadAndWritten_AreState()
    {
        var a = new Parameter("a", Tensor.From(1f, 2).To(Target));
        var b = new Parameter("b", Tensor.From(30f, 40).To(Target));
        Graph swap = Graph.Compile((Tensor x) =>
        {
            Tensor before = a.Value;
            a.Value = b.Value;
            b.Value = before + x;
            return a.Value;
        });
        Assert.Equal([30.0, 40], swap.Call(Tensor.From(100f, 100)).ToDoubles());
        Assert.Equal([30.0, 40], a.Value.ToDoubles());
        Assert.Equal([101.0, 102], b.Value.ToDoubles());
        Assert.Same(Target, a.Value.Device);
        Tensor kept = a.Value;
        swap.Step(Tensor.From(0f, 0));
        Assert.Equal([101.0, 102], a.Value.ToDoubles());
        Assert.Equal([30.0, 40], b.Value.ToDoubles());
        Assert.Equal([30.0, 40], kept.ToDoubles());
        b.Value = Tensor.From(5f, 6).To(Target);
        Assert.Equal([5.0, 6], swap.Call(Tensor.From(1f, 1).To(Target)).ToDoubles());
        Assert.Equal([102.0, 103], b.Value.ToDoubles());
    }

    /// <summary>Several threads compute on the device at once, eagerly and by graphs, with the results that one alone has.</summary>
    [ContractFact]
    public void Threads_SeveralAtOnce_GiveTheResultsOfOne()
    {
        Graph shared = Graph.Compile((Tensor[] x) => [(x[0].MatMul(x[1])).Tanh().Sum(-1), x[0].Softmax()]);
        Tensor w = Values([9, 7], DType.Float32, 50), onDevice = w.To(Target);
        Tensor[] inputs = [.. Enumerable.Range(0, 4).Select(i => Values([17 + (i % 2), 9], DType.Float32, i))];
        Tensor[] Eager(Tensor x, Tensor y) => [x.MatMul(y).Tanh().Sum(-1), x.Softmax(), (x * 2 + 1).Exp().CumSum(-1)];
        Tensor[][] expected = [.. inputs.Select(x => Eager(x, w))];
        Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = inputs.Length }, i =>
        {
            Tensor x = inputs[i].To(Target);
            for (int round = 0; round < 20; round++)
            {
                Tensor[] actual = [.. shared.Run(x, onDevice), .. Eager(x, onDevice)];
                string what = FormattableString.Invariant($"thread {i}, round {round}");
                Assert.All(actual.Zip([.. expected[i][..2], .. expected[i]]), pair => AssertSame(pair.Second, pair.First, what));
            }
        });
    }
}
