using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;
using ProbNet.BackendContract;

namespace ProbNet.Tests.Autodiff;

/// <summary>Graphs on a device compute what the processor does; the device is the plain C# back end, so that these tests run everywhere.</summary>
public class DeviceGraphTests
{
    // Kernels are the processor's own programs; sums run in another order.
    private const double Tolerance = 1e-11;

    private static readonly Device s_device = new("host:0", new HostBackend());

    [Fact]
    public void Run_EveryOperationAndItsGradient_AgreesWithTheProcessor()
    {
        var wrong = new List<string>();
        int compared = 0, all = 0;
        foreach ((string name, (Func<Tensor[], Tensor[]> f, Tensor[] inputs)) in OpEvaluationCases.Functions)
        {
            all++;
            try
            {
                Check(f, inputs, (i, difference) => wrong.Add($"{name}, result {i}: {difference}"));
                compared++;
            }
            catch (DeviceException e) when (e.Message.Contains("uses a constant", StringComparison.Ordinal))
            {
                // Some functions of the table hold a tensor of the processor's, which is refused.
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
        Assert.InRange(compared, all * 9 / 10, all);
    }

    [Fact]
    public void Run_RandomGraphs_AgreeWithTheProcessor()
    {
        Gen<(int[] Choices, int Seed)> programs =
            Gen.Choose(1, 40).SelectMany(length => Gen.Choose(0, 1 << 20).ArrayOf(length)).SelectMany(choices => Gen.Choose(0, 1 << 20).Select(seed => (choices, seed)));
        Prop.ForAll(programs.ToArbitrary(), program => Check(
            x => RandomGraph.Build(program.Choices, x), RandomGraph.Inputs(program.Seed), (i, difference) => Assert.Fail($"result {i}: {difference}")))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(17, 33));
    }

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    private static readonly Dictionary<string, (Func<Tensor[], Tensor[]> F, Shape[] Shapes)> s_cases = new()
    {
        ["a slice that is joined and mapped"] = (a =>
        {
            Tensor u = a[0][.., 1..];
            return [Tensor.Concat([u, u.Sin(), u.Cos()], -1)];
        }, [[3, 5]]),
        ["a transpose that is mapped and returned"] = (a =>
        {
            Tensor t = a[0].Transpose();
            return [t * 2, t];
        }, [[3, 5]]),
        ["a transpose that is summed, mapped and multiplied"] = (a =>
        {
            Tensor t = a[0].Transpose();
            return [t.Exp().Sum(0), t.MatMul(a[0]), t.Tanh()];
        }, [[4, 3]]),
        ["a product of vectors in two batch axes, with a mask"] = (a => [(a[0].MatMul(a[1]) + a[2]).Tanh()], [[2, 4, 1, 8], [2, 4, 8, 5], [2, 1, 1, 5]]),
        ["a product of one column in two batch axes, with a mask"] = (a => [(a[0].MatMul(a[1]) + a[2]).Exp()], [[2, 3, 4, 2], [2, 3, 2, 1], [3, 1, 1]]),
        ["a product of a batch with a bias each"] = (a => [a[0].MatMul(a[1]) * a[2]], [[3, 2, 4], [3, 4, 5], [3, 1, 5]]),
        ["many independent maps"] = (a => [.. Enumerable.Range(0, 60).Select(i => (a[i % 2] + i).Exp())], [[2, 3], [2, 3]]),
        ["a long chain with all steps kept"] = (a =>
        {
            var steps = new List<Tensor> { a[0] };
            for (int i = 0; i < 50; i++)
            {
                steps.Add((steps[^1] * 0.9) + 0.1);
            }

            return [.. steps];
        }, [[7]]),
        ["reductions of a chain, and what follows"] = (a =>
        {
            Tensor e = a[0].Exp();
            Tensor s = e.Sum(-1, keepDims: true);
            Tensor p = e / s;
            return [p, (p * p).Sum(-1).Sqrt() + s.Squeeze(-1), p.Max([0]) - p.Min([0])];
        }, [[6, 4]]),
        ["axes of length one"] = (a => [a[0].Sum(1), a[0].Squeeze(1).Mean(0), (a[0] * a[1]).LogSumExp(-1)], [[5, 1, 3], [1, 1, 3]]),
        ["no elements"] = (a => [a[0].Exp(), a[0].Sum(0), a[0].MatMul(a[1])], [[0, 3], [3, 2]]),
        ["reversed and strided views"] = (a => [a[0].Flip(0) + a[0], a[0].Flip([0, 1]).Transpose().Reshape(-1) * 2], [[4, 6]]),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_Case_AgreesWithTheProcessor(string name)
    {
        (Func<Tensor[], Tensor[]> f, Shape[] shapes) = s_cases[name];
        Tensor[] inputs = [.. shapes.Select((shape, i) => RandomKey.FromSeed(5).FoldIn((ulong)i).Normal(shape, DType.Float64))];

        Check(f, inputs, (i, difference) => Assert.Fail($"{name}, result {i}: {difference}"));
    }

    [Fact]
    public void Step_GradientsThatArePartsOfOneTensor_UpdateEachParameter()
    {
        Assert.All(Trained(Device.Cpu).Zip(Trained(s_device)), pair => Assert.True(Difference(pair.First, pair.Second) is null));

        static Tensor[] Trained(Device device)
        {
            Parameter a = Weight("a", [10, 4], device), b = Weight("b", [20, 4], device), c = Weight("c", [], device), d = Weight("d", [], device);
            Parameter[] all = [a, b, c, d];
            var adam = new Adam(0.1);
            Graph graph = Graph.Compile((Tensor[] _) =>
            {
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(
                    () => (Tensor.Concat([a, b], 0) * 3).Square().Sum() + (Tensor.Stack([c, d]) + 1).Exp().Sum(), all);
                adam.Step(all, gradients);
                return [loss];
            });
            for (int i = 0; i < 3; i++)
            {
                graph.Step();
            }

            return [.. all.Select(parameter => parameter.Value)];
        }
    }

    [Fact]
    public void Step_OldValueKeptAndTwoOptimizers_AreAsIfAtOnce()
    {
        Assert.All(Run(Device.Cpu).Zip(Run(s_device)), pair => Assert.True(Difference(pair.First, pair.Second) is null));

        static Tensor[] Run(Device device)
        {
            Parameter p = Weight("p", [6], device), q = Weight("q", [6], device), kept = Weight("kept", [6], device), other = Weight("other", [6], device);
            Optimizer first = new Adam(0.1), second = new Sgd(0.1, momentum: 0.9);
            Graph graph = Graph.Compile((Tensor[] _) =>
            {
                kept.Value = p.Value;
                other.Value = kept.Value * 1;
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => (p.Read() * q).Sum(), [p, q]);
                first.Step([p], [gradients[0]]);
                second.Step([q], [gradients[1]]);
                return [loss];
            });
            for (int i = 0; i < 3; i++)
            {
                graph.Step();
            }

            return [p.Value, q.Value, kept.Value, other.Value];
        }
    }

    [Fact]
    public void Step_OneOptimizerInTwoGraphs_KeepsOneState()
    {
        Assert.All(Run(Device.Cpu).Zip(Run(s_device)), pair => Assert.True(Difference(pair.First, pair.Second) is null));

        static Tensor[] Run(Device device)
        {
            Parameter w = Weight("w", [5], device);
            var adam = new Adam(0.1);
            Graph Of(double target) => Graph.Compile((Tensor[] _) =>
            {
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => (w.Read() - target).Square().Sum(), [w]);
                adam.Step([w], gradients);
                return [loss];
            });
            Graph one = Of(1), two = Of(-2);
            for (int i = 0; i < 3; i++)
            {
                one.Step();
                two.Step();
                two.Step();
            }

            IReadOnlyDictionary<string, Tensor> state = adam.ExportState();
            one.Step();
            return [w.Value, state["w/mean"], state["w/meanSquare"]];
        }
    }

    [Fact]
    public void Call_ArgumentOfTheProcessorAfterOneOfTheDevice_StaysOnTheProcessor()
    {
        Graph graph = Graph.Compile((Tensor x) => x * 2);
        Tensor x = RandomKey.FromSeed(1).Normal([4]).To(Device.Cpu);

        Assert.Equal(s_device, graph.Call(x.To(s_device)).Device);
        Assert.Equal(Device.Cpu, graph.Call(x).Device);
    }

    [Fact]
    public void Call_IndexOutOfRange_IsRefusedAsOnTheProcessor()
    {
        Tensor table = RandomKey.FromSeed(1).Normal([4, 2]).To(s_device);
        Graph graph = Graph.Compile((Tensor index) => table.IndexSelect(0, index));

        Assert.Equal([2, 2], graph.Call(Tensor.From(3L, 0L)).Shape.ToArray());
        Assert.Contains("index[1] = 4", Assert.Throws<ArgumentOutOfRangeException>(() => graph.Call(Tensor.From(3L, 4L))).Message);
    }

    [Fact]
    public void Call_ArgumentsOfTheDevice_AreNotCopied()
    {
        Tensor x = RandomKey.FromSeed(1).Normal([1000]).To(s_device);
        Graph graph = Graph.Compile((Tensor v) => (v * 2).Sum());
        graph.Call(x);
        DeviceStatistics before = s_device.Statistics;

        graph.Call(x);

        Assert.Equal((0, 0), (s_device.Statistics.Uploads - before.Uploads, s_device.Statistics.Downloads - before.Downloads));
    }

    private static Parameter Weight(string name, Shape shape, Device device) => new(
        name, RandomKey.FromSeed(9).FoldIn((ulong)name.Length).FoldIn((ulong)name[0]).Normal(shape, DType.Float64).To(device));

    private static void Check(Func<Tensor[], Tensor[]> f, Tensor[] inputs, Action<int, string> wrong)
    {
        Tensor[] expected = f(inputs);
        Graph graph = Graph.Compile(f);
        Tensor[] there = [.. inputs.Select(input => input.To(s_device))];

        // Twice: the second call runs over memory that the first one has used.
        graph.Run(there);
        Tensor[] actual = graph.Run(there);
        for (int i = 0; i < expected.Length; i++)
        {
            if (Difference(expected[i], actual[i]) is { } difference)
            {
                wrong(i, difference);
            }
        }
    }

    private static string? Difference(Tensor expected, Tensor actual)
    {
        if (expected.Shape != actual.Shape || expected.DType != actual.DType)
        {
            return $"{actual.DType} {actual.Shape} instead of {expected.DType} {expected.Shape}";
        }

        double tolerance = expected.DType == DType.Float32 ? 1e-5 : Tolerance;
        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            if (!(a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= tolerance * (1 + Math.Abs(a[i]))))
            {
                return FormattableString.Invariant($"element {i} is {b[i]:R} instead of {a[i]:R}");
            }
        }

        return null;
    }
}
