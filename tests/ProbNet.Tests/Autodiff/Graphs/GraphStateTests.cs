using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>What compiled functions read, write and step: parameters and optimizers are one state inside and outside of a graph.</summary>
public class GraphStateTests
{
    private static readonly Tensor s_x = Tensor.From([1.0, 2, 3, 4], [2, 2]);

    [Fact]
    public void Run_ResultsThatAreInputsConstantsOrParameters_AreWhole()
    {
        var parameter = new Parameter("w", Tensor.From([5.0, 6]));
        Graph graph = Graph.Compile((Tensor[] x) => [x[0], Tensor.Full([3], 7.0, DType.Float64), parameter.Value, x[0].Reshape(4), x[0].BroadcastTo([2, 2, 2])]);

        Tensor[] results = graph.Run(s_x);

        Assert.Equal([1.0, 2, 3, 4], results[0].ToDoubles());
        Assert.Equal([7.0, 7, 7], results[1].ToDoubles());
        Assert.Equal([5.0, 6], results[2].ToDoubles());
        Assert.Equal([4], results[3].Shape);
        Assert.Equal([1.0, 2, 3, 4, 1, 2, 3, 4], results[4].ToDoubles());
    }

    [Fact]
    public void Call_ParameterSetBetweenCalls_IsReadAnew()
    {
        var parameter = new Parameter("w", Tensor.From([1.0, 1]));
        Graph graph = Graph.Compile((Tensor x) => x * parameter.Value);
        Assert.Equal([1.0, 2, 3, 4], graph.Call(s_x).ToDoubles());

        parameter.Value = Tensor.From([2.0, 10]);

        Assert.Equal([2.0, 20, 6, 40], graph.Call(s_x).ToDoubles());
    }

    [Fact]
    public void Run_ParametersWritten_ChangeAtTheEndOfEachCall()
    {
        var a = new Parameter("a", Tensor.From([1.0, 2]));
        var b = new Parameter("b", Tensor.From([30.0, 40]));
        Graph swap = Graph.Compile((Tensor x) =>
        {
            Tensor before = a.Value;
            a.Value = b.Value;
            b.Value = before + x;
            return a.Value;
        });

        Assert.Equal([30.0, 40], swap.Call(Tensor.From([100.0, 100])).ToDoubles());
        Assert.Equal([30.0, 40], a.Value.ToDoubles());
        Assert.Equal([101.0, 102], b.Value.ToDoubles());

        Tensor kept = a.Value;
        swap.Call(Tensor.From([0.0, 0]));
        Assert.Equal([101.0, 102], a.Value.ToDoubles());
        Assert.Equal([30.0, 40], b.Value.ToDoubles());
        Assert.Equal([30.0, 40], kept.ToDoubles());
    }

    [Fact]
    public void Run_OptimizerStepsMixedWithEagerOnes_AreOneSequence()
    {
        Parameter compiled = new("w", Tensor.From([1.0, -2, 3])), eager = new("w", Tensor.From([1.0, -2, 3]));
        Adam first = new(0.1), second = new(0.1);
        static Tensor Loss(Parameter w, Tensor x) => (w.Read() * x).Square().Sum();
        Graph step = Graph.Compile((Tensor x) =>
        {
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => Loss(compiled, x), [compiled]);
            first.Step([compiled], gradients);
            return loss;
        });

        for (int i = 0; i < 12; i++)
        {
            // Two shapes of inputs, steps outside of the graph, and a value set from outside: one state of the optimizer goes through all.
            Tensor x = i % 2 == 0 ? Tensor.From([1.0, 2, 3]) : Tensor.From([2.0]);
            if (i is 5 or 6)
            {
                first.Step([compiled], Gradient.ValueAndGradient(() => Loss(compiled, x), [compiled]).Gradients);
            }
            else
            {
                step.Scalar(x);
            }

            second.Step([eager], Gradient.ValueAndGradient(() => Loss(eager, x), [eager]).Gradients);
            if (i == 8)
            {
                compiled.Value = eager.Value = Tensor.From([4.0, 4, 4]);
            }

            Assert.Equal(eager.Value.ToDoubles(), compiled.Value.ToDoubles());
        }

        Assert.Equal(12, first.StepCount);
    }

    [Fact]
    public void Run_ResultThatIsTheParameterStepped_IsTheOldValue()
    {
        var w = new Parameter("w", Tensor.From([1.0, 2]));
        var sgd = new Sgd(1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            Tensor before = w.Value;
            sgd.Step([w], [x]);
            return before;
        });

        Assert.Equal([1.0, 2], graph.Call(Tensor.From([1.0, 1])).ToDoubles());
        Assert.Equal([0.0, 1], graph.Call(Tensor.From([1.0, 1])).ToDoubles());
        Assert.Equal([-1.0, 0], w.Value.ToDoubles());
    }

    [Fact]
    public void Update_GuardedLossIsInfinite_ChangesNothing()
    {
        var w = new Parameter("w", Tensor.From([1.0, 2]));
        var adam = new Adam(0.1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            Tensor loss = x.Sum();
            Trace.Current!.Update(adam, [w], [Tensor.From([1.0, 1])], new UpdateGuard(loss, null, null));
            return loss;
        });

        graph.Scalar(Tensor.From([double.PositiveInfinity]));
        Assert.Equal((double.PositiveInfinity, 0), (graph.LastUpdate!.Value.Loss, adam.StepCount));
        Assert.Equal([1.0, 2], w.Value.ToDoubles());

        graph.Scalar(Tensor.From([3.0]));
        Assert.Equal((3.0, 1), (graph.LastUpdate!.Value.Loss, adam.StepCount));
        Assert.NotEqual([1.0, 2], w.Value.ToDoubles());
    }

    [Fact]
    public void Run_StepOfParametersOfTwoTypes_SaysWhatToDo()
    {
        Parameter w = new("w", Tensor.From([1f])), v = new("v", Tensor.From([1.0]));
        var sgd = new Sgd(0.1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            sgd.Step([w, v], [x.Cast(DType.Float32), x]);
            return x;
        });
        var e = Assert.Throws<DTypeException>(() => graph.Call(Tensor.From([1.0])));
        Assert.Contains("'v' is Float64 and 'w' is Float32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Call_ParameterReadAfterItsStep_IsRefused()
    {
        var w = new Parameter("w", Tensor.From([1.0]));
        var sgd = new Sgd(0.1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            sgd.Step([w], [x]);
            return w.Value;
        });
        var e = Assert.Throws<TracingException>(() => graph.Call(Tensor.From([1.0])));
        Assert.Contains("'w' is read after Sgd.Step", e.Message, StringComparison.Ordinal);
        Assert.Equal([1.0], w.Value.ToDoubles());
    }

    [Fact]
    public void Call_ParameterWrittenAfterItsStep_IsRefused()
    {
        Parameter a = new("a", Tensor.From([1.0, 2])), b = new("b", Tensor.From([30.0, 40]));
        var sgd = new Sgd(1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            Tensor before = a.Value;
            sgd.Step([a, b], [x, x]);
            b.Value = before;
            return x.Sum();
        });
        var e = Assert.Throws<TracingException>(() => graph.Call(Tensor.From([1.0, 1])));
        Assert.Contains("'b' is written after Sgd.Step", e.Message, StringComparison.Ordinal);
        Assert.Equal([30.0, 40], b.Value.ToDoubles());
    }

    [Fact]
    public void Call_LookupsInALargeParameter_ReadItWhereItLies()
    {
        // A copy of the table in every replay would cost a thousand times what the lookup does.
        var table = new Parameter("table", RandomKey.FromSeed(1).Normal([10_000, 16]));
        Tensor rows = RandomKey.FromSeed(2).Integers(0, 10_000, [32]), elements = RandomKey.FromSeed(3).Integers(0, 10_000, [32, 16]);
        Tensor[] Look(Tensor[] x) => [table.Value.Take(0, x[0]), table.Value.Gather(0, x[1]), x[2].Take(0, x[0]), (x[2] * 2).Gather(0, x[1])];
        Graph graph = Graph.Compile(Look);
        Tensor other = RandomKey.FromSeed(4).Normal([10_000, 16]);
        Tensor[] inputs = [rows, elements, other];
        for (int i = 0; i < 2; i++)
        {
            Assert.Equal(Look(inputs).Select(x => x.ToDoubles()), graph.Run(inputs).Select(x => x.ToDoubles()));
            table.Value = other.Exp();
        }

        // Only the doubled table is a value of its own.
        Assert.InRange(BytesOfValues(graph), 640_000, 700_000);
    }

    [Fact]
    public void ToString_OperationsOnArrays_CountsTheirMemory()
    {
        Graph graph = Graph.Compile((Tensor x) => x.CumSum(0).CumSum(0));
        graph.Call(Tensor.Ones([1000, 100]));

        // Two results and a copy of the input, of 400,000 bytes each.
        Assert.Equal(1_200_000, BytesOfValues(graph));
    }

    private static long BytesOfValues(Graph graph)
    {
        string first = graph.ToString().Split('\n')[0];
        int end = first.IndexOf(" bytes of values", StringComparison.Ordinal);
        string number = first[(first.LastIndexOf(' ', end - 1) + 1)..end];
        return long.Parse(number, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture);
    }
}
