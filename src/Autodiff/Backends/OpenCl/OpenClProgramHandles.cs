namespace ProbNet.Autodiff;

/// <summary>The driver's handles of a program and its kernels.</summary>
/// <param name="program">The program's.</param>
internal sealed unsafe class OpenClProgramHandles(nint program)
{
    private readonly List<nint> _kernels = [];

    public nint Program { get; } = program;

    public void Add(nint kernel) => _kernels.Add(kernel);

    /// <summary>Gives all back. What is queued still runs.</summary>
    public void Release(OpenClLibrary library)
    {
        foreach (nint kernel in _kernels)
        {
            _ = library.ReleaseKernel(kernel);
        }

        _kernels.Clear();
        _ = library.ReleaseProgram(Program);
    }
}
