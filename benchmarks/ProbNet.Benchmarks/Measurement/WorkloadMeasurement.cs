using System.Diagnostics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>Measures a workload in this process.</summary>
internal static class WorkloadMeasurement
{
    /// <summary>Everything that is reported of a workload. The process should have done nothing else before.</summary>
    /// <param name="create">Makes the workload.</param>
    /// <param name="eager">Whether operations run one by one.</param>
    /// <param name="steps">How many steps to time; null for as many as take three seconds.</param>
    public static WorkloadResult Run(Func<Workload> create, bool eager, int? steps)
    {
        Workload workload = create();
        workload.Loss(workload.Inputs, workload.Draw(Workload.NoiseKey)).ToScalar();
        double startUp = ProcessFacts.MillisecondsSinceStart();

        (ITrainingStep step, double first) = FirstStep(workload, eager);
        StepTiming timing = StepTiming.Measure(step, steps);
        long memory = ProcessFacts.PeakMemoryBytes();
        (_, double warmFirst) = FirstStep(create(), eager);

        double peak = PeakProbe.FmaGigaflops<float>() * Workers.Threads, rate = workload.Operations / timing.MedianMicroseconds / 1e3;
        return new(
            workload.Id, timing.MedianMicroseconds, timing.MinMicroseconds, timing.Steps, timing.AllocatedBytesPerStep, workload.Operations, workload.UpdateBytes,
            rate, peak, rate / peak, memory,
            startUp, first, warmFirst, Workers.Threads, step.Mode);
    }

    /// <summary>The losses of the first steps.</summary>
    public static double[] Losses(Workload workload, bool eager)
    {
        ITrainingStep step = TrainingStep.Create(workload, eager);
        return [.. Enumerable.Range(0, WorkloadFile.Steps).Select(_ => step.Run())];
    }

    private static (ITrainingStep Step, double Milliseconds) FirstStep(Workload workload, bool eager)
    {
        long start = Stopwatch.GetTimestamp();
        ITrainingStep step = TrainingStep.Create(workload, eager);
        step.Run();
        return (step, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
}
