namespace ProbNet.Autodiff;

/// <summary>What a kernel cost.</summary>
/// <param name="Kernel">Its name.</param>
/// <param name="Count">How often it ran.</param>
/// <param name="Total">The time of all its runs on the device.</param>
public readonly record struct KernelTime(string Kernel, int Count, TimeSpan Total);
