using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>A description with its compiled stages.</summary>
/// <param name="name">The description's name.</param>
/// <param name="backend">Who compiled it.</param>
/// <param name="buffers">How many slices a launch gives.</param>
/// <param name="numbers">How many numbers a launch gives.</param>
/// <param name="plan">The stages.</param>
/// <param name="functions">Their compiled functions.</param>
internal sealed class OpenClBackendKernel(
    string name, OpenClBackend backend, int buffers, int numbers, OpenClBackendPlan plan, ImmutableArray<OpenClKernel> functions) : IDeviceKernel
{
    public string Name { get; } = name;

    public OpenClBackend Backend { get; } = backend;

    public int Buffers { get; } = buffers;

    public int Numbers { get; } = numbers;

    public OpenClBackendPlan Plan { get; } = plan;

    public ImmutableArray<OpenClKernel> Functions { get; } = functions;

    public override string ToString() => Name;
}
