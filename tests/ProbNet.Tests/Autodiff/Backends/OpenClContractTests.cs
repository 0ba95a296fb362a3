using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>The contract on the first OpenCL device. Alone: some tests count what the device does.</summary>
[Collection(nameof(AloneCollection))]
public sealed class OpenClContractTests : BackendContractTests
{
    public override string Absence => OpenClTest.Skip ?? base.Absence;

    protected override Device? Device => OpenClTest.Skip is null ? Device.OpenCl() : null;

    // In full it is some thousand kernels, of which a driver compiles a few in a second.
    protected override bool IsThorough => Environment.GetEnvironmentVariable("PROBNET_THOROUGH") == "1";
}
