namespace ProbNet.Autodiff;

/// <summary>A back end that takes the time of its kernels, for <see cref="Graph.Profile(Autodiff.Tensor[])"/>. A back end need not be one.</summary>
public interface IProfiler
{
    /// <summary>Begins to take the time of every launch.</summary>
    void StartProfile();

    /// <summary>Ends it: the time on the device of each kernel, by name.</summary>
    IReadOnlyList<KernelTime> StopProfile();
}
