namespace ProbNet.Tests.Autodiff;

/// <summary>
/// A fact that needs an OpenCL device: skipped, with the reason, on a machine that has none, except where PROBNET_REQUIRE_OPENCL is 1, as on the build machine:
/// there it runs and fails.
/// </summary>
public sealed class OpenClFactAttribute : FactAttribute
{
    public OpenClFactAttribute() => Skip = OpenClTest.Skip;
}
