using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;
using ProbNet.Benchmarks;

namespace ProbNet.Tests.Autodiff;

/// <summary>Compiled functions compute what eager ones compute: every operation, random graphs of them, and whole training runs.</summary>
public class GraphAgreementTests
{
    // Fused and eager forms run the same kernels; what may differ is the order of the sums of a product that is cut into tiles.
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    [Fact]
    public void Call_EveryOperationAndItsGradient_AgreesWithEager()
    {
        var wrong = new List<string>();
        foreach ((string name, (Func<Tensor[], Tensor[]> f, Tensor[] inputs)) in OpEvaluationCases.Functions)
        {
            Tensor[] eager = f(inputs);
            Graph graph = Graph.Compile(f);

            // Twice: the second call runs over memory that the first one has used.
            graph.Run(inputs);
            Tensor[] compiled = graph.Run(inputs);
            for (int i = 0; i < eager.Length; i++)
            {
                if (Difference(eager[i], compiled[i]) is { } difference)
                {
                    wrong.Add($"{name}, result {i}: {difference}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Take(20)));
    }

    [Fact]
    public void Call_RandomGraphs_AgreeWithEager()
    {
        Gen<(int[] Choices, int Seed)> programs =
            Gen.Choose(1, 40).SelectMany(length => Gen.Choose(0, 1 << 20).ArrayOf(length)).SelectMany(choices => Gen.Choose(0, 1 << 20).Select(seed => (choices, seed)));
        Prop.ForAll(programs.ToArbitrary(), program =>
        {
            Tensor[] inputs = RandomGraph.Inputs(program.Seed);
            Func<Tensor[], Tensor[]> f = x => RandomGraph.Build(program.Choices, x);
            Tensor[] eager = f(inputs), compiled = Graph.Compile(f).Run(inputs);
            for (int i = 0; i < eager.Length; i++)
            {
                string? difference = Difference(eager[i], compiled[i]);
                Assert.True(difference is null, $"result {i}: {difference}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(17, 33));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_FiftyStepsOfAWorkload_LossesAgreeWithEager(string id)
    {
        ITrainingStep eager = TrainingStep.Create(AllWorkloads.ById[id](), eager: true), compiled = TrainingStep.Create(AllWorkloads.ById[id](), eager: false);

        for (int step = 0; step < 50; step++)
        {
            double expected = eager.Run(), actual = compiled.Run();
            Assert.True(Math.Abs(actual - expected) <= 1e-4 * Math.Abs(expected), $"{id}, step {step}: eager {expected:R}, compiled {actual:R}.");
        }
    }

    [Theory]
    [InlineData("mdn-4096")]
    [InlineData("realnvp-256")]
    [InlineData("spline-256")]
    [InlineData("score-256")]
    public void Step_OneTwoAndFourThreads_GiveTheSameBits(string id)
    {
        int before = Workers.Threads;
        try
        {
            double[][] losses = [.. new[] { 1, 2, 4 }.Select(threads =>
            {
                Workers.Threads = threads;
                ITrainingStep step = TrainingStep.Create(AllWorkloads.ById[id](), eager: false);
                return Enumerable.Range(0, 10).Select(_ => step.Run()).ToArray();
            })];

            Assert.Equal(losses[0], losses[1]);
            Assert.Equal(losses[0], losses[2]);
        }
        finally
        {
            Workers.Threads = before;
        }
    }

    private static string? Difference(Tensor expected, Tensor actual)
    {
        if (expected.Shape != actual.Shape || expected.DType != actual.DType)
        {
            return $"eager {expected.DType} {expected.Shape}, compiled {actual.DType} {actual.Shape}";
        }

        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            double tolerance = (expected.DType == DType.Float32 ? 1e-5 : Tolerance) * (1 + Math.Abs(a[i]));
            if (!(a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= tolerance))
            {
                return FormattableString.Invariant($"element {i} of {expected.Shape}: eager {a[i]:R}, compiled {b[i]:R}");
            }
        }

        return null;
    }
}
