namespace ProbNet.Tests.Autodiff;

/// <summary>A theory that needs an OpenCL device; see <see cref="OpenClFactAttribute"/>.</summary>
public sealed class OpenClTheoryAttribute : TheoryAttribute
{
    public OpenClTheoryAttribute() => Skip = OpenClTest.Skip;
}
