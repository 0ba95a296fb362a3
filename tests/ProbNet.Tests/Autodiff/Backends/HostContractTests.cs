using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The contract on the reference in plain C#: what it asks for can be done, and the engine asks for nothing else.</summary>
public sealed class HostContractTests : BackendContractTests
{
    private static readonly Device s_device = new("host", new HostBackend());

    protected override Device? Device => s_device;

    protected override bool IsThorough => true;

    // An interpreter: a product of 512 by 512 takes it seconds.
    protected override IEnumerable<string> Workloads => ["mdn-32"];

    protected override int TrainingSteps => 20;

    protected override long EagerBudget => 1 << 25;

    protected override int EagerOperations => 17;

    protected override long HostBytesOfAStep => 1 << 20;
}
