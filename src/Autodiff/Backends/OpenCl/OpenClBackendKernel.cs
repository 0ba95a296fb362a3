using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>A description with its stages.</summary>
/// <param name="name">The description's name.</param>
/// <param name="backend">Who compiled it.</param>
/// <param name="buffers">How many slices a launch gives.</param>
/// <param name="numbers">How many numbers a launch gives.</param>
/// <param name="plan">The stages.</param>
/// <param name="functions">Their functions.</param>
internal sealed class OpenClBackendKernel(
    string name, OpenClBackend backend, int buffers, int numbers, OpenClBackendPlan plan, ImmutableArray<OpenClFunction> functions) : IDeviceKernel
{
    public string Name { get; } = name;

    public OpenClBackend Backend { get; } = backend;

    public int Buffers { get; } = buffers;

    public int Numbers { get; } = numbers;

    public OpenClBackendPlan Plan { get; } = plan;

    public ImmutableArray<OpenClFunction> Functions { get; } = functions;

    /// <summary>The compiled functions; null before the first launch.</summary>
    public OpenClKernel[]? Compiled { get; set; }

    public override string ToString() => Name;
}
