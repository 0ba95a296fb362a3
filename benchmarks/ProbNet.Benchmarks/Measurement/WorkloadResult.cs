namespace ProbNet.Benchmarks;

/// <summary>What one workload took in a process of its own.</summary>
/// <param name="Id">The workload.</param>
/// <param name="MedianUs">Median microseconds of a step.</param>
/// <param name="MinUs">Microseconds of the fastest step.</param>
/// <param name="Steps">How many steps were timed.</param>
/// <param name="AllocatedBytesPerStep">Managed bytes allocated a step, by all threads.</param>
/// <param name="Operations">Floating-point operations of matrix products in a step.</param>
/// <param name="UpdateBytes">Bytes that the update of the weights reads and writes in a step.</param>
/// <param name="Gflops">10⁹ floating-point operations of matrix products a second, at the median.</param>
/// <param name="PeakGflops">What the threads could do at most, measured in the same process.</param>
/// <param name="PeakFraction"><paramref name="Gflops"/> over <paramref name="PeakGflops"/>.</param>
/// <param name="PeakMemoryBytes">The most memory that the process had.</param>
/// <param name="StartUpMs">From the start of the process to the first value of the loss, without the ready-to-run code of a published program.</param>
/// <param name="FirstStepMs">The first training step of the process.</param>
/// <param name="WarmFirstStepMs">The first training step of a new instance of the workload, in the warm process: tracing and planning included.</param>
/// <param name="Threads">How many threads a step could use.</param>
/// <param name="Mode">Whether the step was compiled or ran eagerly.</param>
internal sealed record WorkloadResult(
    string Id,
    double MedianUs,
    double MinUs,
    int Steps,
    double AllocatedBytesPerStep,
    long Operations,
    long UpdateBytes,
    double Gflops,
    double PeakGflops,
    double PeakFraction,
    long PeakMemoryBytes,
    double StartUpMs,
    double FirstStepMs,
    double WarmFirstStepMs,
    int Threads,
    string Mode);
