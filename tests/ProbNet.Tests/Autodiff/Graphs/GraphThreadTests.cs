using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Benchmarks;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>Training steps on several threads, and how long they take: nothing else runs beside these.</summary>
[Collection(nameof(AloneCollection))]
public class GraphThreadTests
{
    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_OneTwoAndFourThreads_GiveTheSameLossesAndWeights(string id) => ThreadCounts.AssertSameBits(() =>
    {
        Workload workload = AllWorkloads.ById[id]();
        ITrainingStep step = TrainingStep.Create(workload, eager: false);
        float[] losses = [.. Enumerable.Range(0, 10).Select(_ => (float)step.Run())];
        return (float[])[.. losses, .. workload.Parameters.SelectMany(parameter => parameter.Value.ToArray<float>())];
    });

    /// <summary>
    /// Handing the stages of a step of 40 µs to a second thread, one after the other, would cost more than it saves: such a step stays with one thread, and takes the same time
    /// whether or not a second is there. Waking a thread takes 5 to 50 µs, so that a single hand-over a step would show as more than the quarter that is allowed for noise;
    /// single steps, whose median is taken, are shorter than a time slice, and both settings take turns.
    /// </summary>
    [Fact]
    public void Step_OfABatchOf32_IsNotSlowerWithTwoThreads()
    {
        const int Pairs = 21, Steps = 100;
        ITrainingStep step = TrainingStep.Create(AllWorkloads.ById["mdn-32"](), eager: false);
        double MedianTicks(int threads) => ThreadCounts.With(threads, () => Median(Steps, () => step.Run()));

        // Compiled anew and instrumented methods take their time: they are over after some hundred calls.
        MedianTicks(2);
        double[] ratios = [.. Enumerable.Range(0, Pairs).Select(_ => MedianTicks(2) / MedianTicks(1)).Order()];

        Assert.True(
            ratios[Pairs / 2] <= 1.25,
            $"Two threads took {ratios[Pairs / 2]:F2} times as long as one (the median of {Pairs} pairs from {ratios[0]:F2} to {ratios[^1]:F2}).");
    }

    /// <summary>Tracing and planning must not keep anyone waiting: the least of a few, for the machine may have other work.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void FirstStep_InAWarmProcess_TakesATenthOfASecondAtMost(string id)
    {
        TrainingStep.Create(AllWorkloads.ById[id](), eager: false).Run();
        double least = Enumerable.Range(0, 5).Min(_ =>
        {
            Workload workload = AllWorkloads.ById[id]();
            long start = Stopwatch.GetTimestamp();
            TrainingStep.Create(workload, eager: false).Run();
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });
        Assert.True(least <= 100, $"{id}: the first step took {least:F0} ms.");
    }

    private static double Median(int count, Action action)
    {
        long[] ticks = new long[count];
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        return ticks[count / 2];
    }
}
