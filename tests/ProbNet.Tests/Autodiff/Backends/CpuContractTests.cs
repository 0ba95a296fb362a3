using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>What the contract says of tensors, graphs and training, on the processor: compiled against eager.</summary>
public sealed class CpuContractTests : DeviceContractTests
{
    protected override Device? Device => Device.Cpu;

    protected override IEnumerable<string> Workloads => ["mdn-32"];
}
