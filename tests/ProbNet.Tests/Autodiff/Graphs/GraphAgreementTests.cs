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

    private static readonly int[] s_rows = [1, 2, 3, 17, 37, 130, 700, 2100];

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
    public void Call_RandomGraphs_AgreeWithEager() => CheckPrograms(200, (choices, x, compiled) =>
    {
        Func<Tensor[], Tensor[]> f = inputs => RandomGraph.Build(choices, inputs);
        return compiled ? Graph.Compile(f).Run(x) : f(x);
    });

    [Fact]
    public void Step_RandomTraining_AgreesWithEager() => CheckPrograms(60, (choices, x, compiled) => RandomGraph.Train(choices, x, 3, compiled));

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

    /// <summary>
    /// Random programs, of random shapes and in both types. What rounding may do to a program is seen in it itself: the eager results of Float32 against those of Float64.
    /// Compiled, with its sums in another order, it may round eight times as badly; in Float64 2²⁹ times less. A little is added for results that come out exact in Float32 by
    /// luck.
    /// </summary>
    private static void CheckPrograms(int count, Func<int[], Tensor[], bool, Tensor[]> run)
    {
        Gen<(int[] Choices, int Seed)> programs =
            Gen.Choose(1, 40).SelectMany(length => Gen.Choose(0, 1 << 20).ArrayOf(length)).SelectMany(choices => Gen.Choose(0, 1 << 20).Select(seed => (choices, seed)));
        Prop.ForAll(programs.ToArbitrary(), program =>
        {
            (int[] choices, int seed) = program;
            int columns = 1 + (seed / 8 % 40), rows = seed / 640 % 8 == 0 ? columns : s_rows[seed % 8];
            DType dtype = seed / 320 % 2 == 0 ? DType.Float32 : DType.Float64;
            Tensor[] wide = RandomGraph.Inputs(seed, DType.Float64, rows, columns), narrow = Array.ConvertAll(wide, Narrow);
            Tensor[] rounded = run(choices, narrow, false), exact = run(choices, Array.ConvertAll(narrow, Widen), false);
            Tensor[] eager = dtype == DType.Float32 ? rounded : run(choices, wide, false), compiled = run(choices, dtype == DType.Float32 ? narrow : wide, true);
            double share = dtype == DType.Float32 || RandomGraph.RoundsToFloat32(choices) ? 8 : Math.ScaleB(8, -29);
            for (int i = 0; i < eager.Length; i++)
            {
                double[] a = rounded[i].ToDoubles(), b = exact[i].ToDoubles();
                double rounding = a.Zip(b, (x, y) => Math.Abs(x - y)).Where(double.IsFinite).DefaultIfEmpty(0).Max();
                double size = 1 + b.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
                string? difference = Difference(eager[i], compiled[i], share * (rounding + (1e-6 * size)));
                Assert.True(difference is null, $"rows {rows}, columns {columns}, {dtype}, result {i}: {difference}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(17, 33));

        static Tensor Narrow(Tensor x) => x.DType == DType.Float64 ? x.Cast(DType.Float32) : x;

        static Tensor Widen(Tensor x) => x.DType == DType.Float32 ? x.Cast(DType.Float64) : x;
    }

    private static string? Difference(Tensor expected, Tensor actual, double? absolute = null)
    {
        if (expected.Shape != actual.Shape || expected.DType != actual.DType)
        {
            return $"eager {expected.DType} {expected.Shape}, compiled {actual.DType} {actual.Shape}";
        }

        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            double tolerance = absolute ?? ((expected.DType == DType.Float32 ? 1e-5 : Tolerance) * (1 + Math.Abs(a[i])));
            if (!(a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= tolerance))
            {
                return FormattableString.Invariant($"element {i} of {expected.Shape}: eager {a[i]:R}, compiled {b[i]:R}");
            }
        }

        return null;
    }
}
