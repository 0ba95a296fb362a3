namespace ProbNet.Autodiff;

/// <summary>A kernel and which operands it runs on.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Operands">The operands in the order of the kernel's buffers.</param>
internal sealed record KernelCall(Kernel Kernel, IReadOnlyList<int> Operands)
{
    /// <summary>The numbers of its launch.</summary>
    public double[] Numbers { get; init; } = [];
}
