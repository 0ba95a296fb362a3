using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

public abstract partial class DeviceContractTests
{
    private static readonly Shape[] s_shapes = [[], [0], [1], [3], [17], [65], [2, 0], [3, 1], [17, 65], [65, 3], [2, 3, 17], [1, 65, 1], [2, 1, 3, 2, 1, 2]];

    /// <summary>Shapes without elements, of one element, of odd lengths, and views of them, in every type.</summary>
    [ContractFact]
    public void Shapes_AwkwardOnes_GiveTheProcessorsResults()
    {
        (string Name, Func<Tensor, Tensor> Function)[] functions =
        [
            ("copy", x => x.Reshape(-1)),
            ("cast", x => x.Cast(DType.Float32) * 2),
            ("broadcast", x => Tensor.Where(x.EqualTo(x), x, x).BroadcastTo(Shape.Create([2, 3]).Concat(x.Shape))),
            ("row and column", x => x.Reshape(-1, 1).EqualTo(x.Reshape(1, -1))),
            ("reversed", x => x.Reshape(-1).Flip(0)),
            ("sliced", x => x.Reshape(-1)[TensorIndex.Step(null, null, -2)]),
            ("transposed", x => x.Rank >= 2 ? x.Transpose().Reshape(-1) : x.Unsqueeze(0)),
            ("joined", x => Tensor.Concat([x.Reshape(-1), x.Reshape(-1).Flip(0)], 0)),
            ("stacked", x => Tensor.Stack([x, x], 0)),
            ("repeated", x => x.Reshape(-1).Tile(3)),
            ("sum", x => x.Cast(DType.Float32).Sum()),
            ("sum of rows", x => x.Rank > 0 ? x.Cast(DType.Float32).Sum(-1) : x),
            ("sum of columns", x => x.Rank > 0 ? x.Cast(DType.Float32).Sum(0, keepDims: true) : x),
            ("least and greatest", x => x.Size > 0 && x.DType != DType.Bool ? Tensor.Stack([x.Max(), x.Min()]) : x),
            ("where greatest", x => x.Size > 0 && x.DType != DType.Bool ? x.Reshape(-1).ArgMax(-1) : x),
            ("running", x => x.DType == DType.Bool ? x : x.Reshape(-1).CumSum(-1)),
            ("sorted", x => x.DType == DType.Bool ? x : x.Reshape(-1).ArgSort(-1)),
            ("softmax", x => x.DType.IsFloating() && x.Rank > 0 && x.Shape[^1] > 0 ? x.Softmax() + x.LogSumExp(-1, keepDims: true) : x),
            ("product", x => x.DType.IsFloating() ? x.Reshape(-1, 1).MatMul(x.Reshape(1, -1)[.., ..Math.Min(5, x.Size)]) : x),
            ("inner product", x => x.DType.IsFloating() ? x.Reshape(1, -1).MatMul(x.Reshape(-1, 1)) : x),
        ];
        var wrong = new List<string>();
        DType[] types = [.. FloatingTypes, DType.Int32, DType.Int64, DType.Bool];
        (Tensor X, string Name, Func<Tensor, Tensor> Function)[] cases =
        [
            .. from dtype in types
               from shape in s_shapes
               where IsThorough || (dtype == DType.Float32 ? shape.Rank <= 2 : shape.Size is 0 or > 17 && shape.Rank <= (dtype == DType.Int64 ? 2 : 1))
               let x = Values(shape, dtype)
               from function in functions
               select (x, $"{function.Name} of {dtype} {shape}", function.Function),
        ];
        Array.ForEach(cases, of => Prepare(of.Function, of.X));
        foreach ((Tensor x, string name, Func<Tensor, Tensor> f) in cases)
        {
            Try(wrong, name, () => Difference(f(x), f(x.To(Target))));
        }

        AssertNone(wrong);
    }

    /// <summary>Elementwise functions of infinities, NaN, zeros of both signs, and numbers at the ends of the range.</summary>
    [ContractFact]
    public void Elementwise_OfSpecialValues_GiveTheProcessorsResults()
    {
        // Without subnormal numbers, which a device may flush.
        double[] values =
        [
            0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3.7, -3.7, 1e-6, -1e-6, 1e-30, 20, -20, 88, -88, 100, 1e4, 1e30, -1e30, 3e38, -3e38, double.NaN, double.PositiveInfinity,
            double.NegativeInfinity,
        ];
        foreach (DType dtype in FloatingTypes)
        {
            Tensor line = Tensor.From(values).Cast(dtype), row = line.Reshape(1, -1).BroadcastTo([values.Length, values.Length]), column = row.Transpose();
            var seen = new Dictionary<EagerCall, (string Name, Op Op, Tensor[] Special)>();
            var wrong = new List<string>();
            foreach ((string name, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(dtype))
            {
                Tensor[] special = inputs.Length == 1 ? [line] : [row, column, row.Flip(0)];
                special = [.. special.Take(inputs.Length)];
                // What goes through the host is the processor's own function.
                if (op is ElementwiseOp && inputs.All(x => x.DType == dtype)
                    && op.ToKernels([.. special.Select(x => new TensorType(x.Shape, x.DType))], op.Infer(special)) is not null
                    && seen.TryAdd(new EagerCall(op, special), (name, op, special)))
                {
                    Prepare(op, special, op.Infer(special));
                }
            }

            foreach ((string name, Op op, Tensor[] special) in seen.Values)
            {
                Try(wrong, $"{op} in {name}", () => Difference(op.Apply(special), op.Apply(Array.ConvertAll(special, x => x.To(Target)))));
            }

            AssertNone(wrong);
            Assert.True(seen.Count > 40, FormattableString.Invariant($"Only {seen.Count} functions ran."));
        }
    }

    /// <summary>Draws inside of graphs, and the keys that they are derived from, have the bits of the processor's.</summary>
    [ContractFact]
    public void Draws_OnTheDevice_HaveTheProcessorsBits()
    {
        Tensor rate = Tensor.From(0.3f, 2f, 40f);
        Tensor[] Draw(RandomKey key, Tensor[] x)
        {
            (RandomKey first, RandomKey second) = key.Split();
            return
            [
                first.Uniform([17, 3]), first.FoldIn(1).UniformOpen([65]), second.Normal([257]), second.FoldIn(2).Exponential([1000]), key.FoldIn(3).Gumbel([3, 5]),
                key.FoldIn(4).Integers(-3, 10, [65]), key.FoldIn(5).Permutation(31), key.FoldIn(6).Poisson(x[0], [9]), key.FoldIn(7).Uniform([0]),
            ];
        }

        Graph graph = Graph.Compile(Draw);
        for (int seed = 0; seed < 3; seed++)
        {
            RandomKey key = RandomKey.FromSeed(seed);
            Tensor[] expected = Draw(key, [rate]), actual = graph.Run(key, rate.To(Target));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Same(Target, actual[i].Device);
                AssertSameBits(expected[i], actual[i], FormattableString.Invariant($"draw {i} of seed {seed}"));
            }
        }
    }

    private static void Try(List<string> wrong, string what, Func<string?> difference)
    {
        try
        {
            if (difference() is { } found)
            {
                wrong.Add($"{what}: {found}");
            }
        }
        catch (Exception e)
        {
            wrong.Add($"{what}: {e.GetType().Name}: {e.Message}");
        }
    }
}
