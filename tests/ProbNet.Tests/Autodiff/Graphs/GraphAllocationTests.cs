using ProbNet.Benchmarks;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>Replayed steps allocate nothing. Not beside other tests, whose jobs decide which thread needs scratch memory for the first time.</summary>
[Collection(nameof(AloneCollection))]
public class GraphAllocationTests
{
    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_Replayed_AllocatesNothing(string id)
    {
        ITrainingStep step = TrainingStep.Create(AllWorkloads.ById[id](), eager: false);
        // The least of some rounds: a thread that runs tiles for the first time gets its scratch memory then.
        long least = long.MaxValue;
        for (int round = 0; round < 20 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                step.Run();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
