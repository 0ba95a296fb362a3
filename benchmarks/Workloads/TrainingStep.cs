namespace ProbNet.Benchmarks;

/// <summary>Chooses how a training step runs.</summary>
public static class TrainingStep
{
    /// <summary>A step of a workload that has taken none yet.</summary>
    /// <param name="workload">What is trained.</param>
    /// <param name="eager">Whether operations run one by one, as they are called.</param>
    public static ITrainingStep Create(Workload workload, bool eager) => eager ? new EagerStep(workload) : new CompiledStep(workload);
}
