using System.Runtime.CompilerServices;
using ProbNet.Autodiff;
using ProbNet.Benchmarks;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.BackendContract;

public abstract partial class BackendContractTests
{
    private const int FourMegabytes = 1 << 20;

    /// <summary>The budget of memory that many eager operations must stay within.</summary>
    protected virtual long EagerBudget => 1L << 30;

    /// <summary>How many eager operations with results of four mebibytes must stay within the budget: enough to fill it more than twice.</summary>
    protected virtual int EagerOperations => IsThorough ? 100_000 : 1024;

    /// <summary>The bytes that a training step may allocate on the host: the numbers of an optimizer's step, and what the back end needs for its launches.</summary>
    protected virtual long HostBytesOfAStep => 512;

    /// <summary>How many training steps must leave memory flat.</summary>
    protected virtual int TrainingSteps => 1000;

    /// <summary>A compiled training step copies once to the device and never back, leaves nothing to the host, and is few kernels.</summary>
    [ContractFact]
    public void TrainingStep_Compiled_IsOneUploadAndFewKernels()
    {
        foreach ((string id, int most) in new[] { ("mdn-32", 25), ("vae-128", 40) }.Where(workload => Workloads.Contains(workload.Item1)))
        {
            CompiledStep step = OnDevice(id);
            step.Queue();
            step.Queue();
            DeviceStatistics before = Target.Statistics;
            const int steps = 5;
            for (int i = 0; i < steps; i++)
            {
                step.Queue();
            }

            DeviceStatistics after = Target.Statistics;
            Assert.Equal(steps, after.Uploads - before.Uploads);
            Assert.Equal(0, after.Downloads - before.Downloads);
            Assert.Equal(0, after.HostOperations - before.HostOperations);
            Assert.Equal(0, after.Kernels - before.Kernels);
            long launches = (after.Launches - before.Launches) / steps;
            Assert.True(launches <= most, FormattableString.Invariant($"{id}: {launches} launches a step, at most {most} are meant.\n{step}"));
            Target.Synchronize();
        }
    }

    /// <summary>Many training steps hold no more memory of the device than ten, and allocate next to nothing on the host.</summary>
    [ContractFact]
    public void TrainingSteps_Many_LeaveMemoryFlat()
    {
        CompiledStep step = OnDevice("mdn-32");
        Take(step, 10);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long live = Target.Statistics.LiveBytes, allocated = GC.GetAllocatedBytesForCurrentThread();
        Take(step, TrainingSteps);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.True(Target.Statistics.LiveBytes <= live, FormattableString.Invariant($"{Target.Statistics.LiveBytes} bytes live after {TrainingSteps} steps, {live} before."));
        Assert.True(allocated <= HostBytesOfAStep * TrainingSteps, FormattableString.Invariant($"{allocated} bytes allocated on the host in {TrainingSteps} steps."));

        void Take(CompiledStep steps, int count)
        {
            for (int i = 0; i < count; i++)
            {
                steps.Queue();
            }

            Target.Synchronize();
        }
    }

    /// <summary>Eager operations on large tensors, whose memory the collector does not see, stay within the budget, and never fail for want of room.</summary>
    [ContractFact]
    public void EagerOperations_Many_StayWithinTheBudget()
    {
        Assert.InRange(EagerOperations, (2 * EagerBudget / (4 * FourMegabytes)) + 1, int.MaxValue);
        long budget = Target.MemoryBudget, most = 0;
        try
        {
            Target.MemoryBudget = EagerBudget;
            Tensor x = Tensor.Ones([FourMegabytes]).To(Target);
            for (int i = 0; i < EagerOperations; i++)
            {
                _ = x + i;
                most = Math.Max(most, Target.Statistics.LiveBytes);
            }

            Target.Synchronize();
        }
        finally
        {
            Target.MemoryBudget = budget;
        }

        Assert.InRange(most, 1, EagerBudget);
    }

    /// <summary>What was compiled for a model holds no memory of the device after the model has left it, or is gone.</summary>
    [ContractFact]
    public void Model_ThatHasLeft_HoldsNoMemory()
    {
        long before = LiveBytes();
        Model<Normal> model = Used();
        Assert.True(LiveBytes() > before);
        model.To(Device.Cpu);
        Assert.InRange(LiveBytes(), 0, before);
        model.To(Target).Predict(Tensor.Ones([32, 3]));
        model.To(Device.Cpu);
        Assert.InRange(LiveBytes(), 0, before);
        GC.KeepAlive(model);
        Forget();
        Assert.InRange(LiveBytes(), 0, before);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Forget() => Used();

        [MethodImpl(MethodImplOptions.NoInlining)]
        Model<Normal> Used()
        {
            Model<Normal> used = Model.Sequential([new Dense(8, Activation.Tanh)], new NormalHead());
            Tensor x = Values([32, 3], DType.Float32);
            used.Fit(x, x.Sum(-1), new FitOptions { Epochs = 1, BatchSize = 16, Device = Target, ShowProgress = false });
            used.To(Target).Predict(x.To(Target));
            return used;
        }
    }

    private long LiveBytes()
    {
        // A finalizer may free what another one waits for.
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return Target.Statistics.LiveBytes;
    }

    /// <summary>More than the budget is refused by a message that says what is in use, and the device goes on.</summary>
    [ContractFact]
    public void Budget_Exceeded_IsAnErrorThatSaysSo()
    {
        long budget = Target.MemoryBudget;
        try
        {
            // What garbage there is goes first, so that only what the test holds counts.
            Target.MemoryBudget = LiveBytes() + (5 * 4 * FourMegabytes);
            var held = new List<Tensor>();
            DeviceMemoryException e = Assert.Throws<DeviceMemoryException>(() =>
            {
                for (int i = 0; i < 10; i++)
                {
                    held.Add(Tensor.Ones([FourMegabytes]).To(Target));
                }
            });
            Assert.Contains("budget", e.Message, StringComparison.Ordinal);
            Assert.InRange(held.Count, 1, 5);
        }
        finally
        {
            Target.MemoryBudget = budget;
        }

        Assert.Equal([2.0, 2], (Tensor.Ones([2]).To(Target) * 2).ToDoubles());
    }
}
