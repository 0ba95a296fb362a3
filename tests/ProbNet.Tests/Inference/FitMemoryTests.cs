using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Inference;

// The managed heap is the whole process's: tests beside this one would be counted too.
[Collection(nameof(AloneCollection))]
public class FitMemoryTests
{
    [Fact]
    public void Fit_TenThousandSteps_LeaveTheManagedHeapFlat()
    {
        RandomKey key = RandomKey.FromSeed(3);
        Tensor x = key.FoldIn(0).Normal([32]), y = (3 * x) + 1 + (0.5 * key.FoldIn(1).Normal([32]));
        Model<Normal> model = Model.Sequential([new Dense(16, Activation.Tanh)], new NormalHead());
        var options = new FitOptions { Epochs = 500, BatchSize = 32, Key = RandomKey.FromSeed(7), ShowProgress = false };
        model.Fit(x, y, options);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        model.Fit(x, y, options with { Epochs = 10_000 });
        long after = GC.GetTotalMemory(forceFullCollection: true);

        // A tape or a batch kept per step would be at least 10 KB × 10,000 = 100 MB; the history itself goes with its reference.
        Assert.InRange(after - before, long.MinValue, 2_000_000);
    }
}
