using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The contract on the first OpenCL device.</summary>
[Collection(nameof(OpenClCollection))]
public sealed class OpenClContractTests : BackendContractTests
{
    public override string Absence => OpenClTest.Skip ?? base.Absence;

    protected override Device? Device => OpenClTest.Skip is null ? Device.OpenCl() : null;

    // Mesa's llvmpipe gives −0.
    protected override bool FusesSignedZeros => !Target.Info.Name.Contains("llvmpipe", StringComparison.Ordinal);

    protected override bool IsThorough => OpenClTest.IsThorough;
}
