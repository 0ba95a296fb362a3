using ProbNet.Autodiff;
using static ProbNet.Tests.Autodiff.OpenClKernelCompare;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Kernels on the device, in both forms, against the back end in plain C#. A test says what to compare; at its end all of that is compiled, which together costs a
/// driver less, and run.
/// </summary>
public abstract class OpenClComparisonTests : IDisposable
{
    private static readonly HostBackend s_host = new();

    private readonly List<Action> _comparisons = [];

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _comparisons.ForEach(compare => compare());
    }

    /// <summary>Compares all that is in the buffers after a launch; two of the same array are one buffer.</summary>
    private protected void Compare(
        Kernel kernel, DType[] types, long[][] buffers, double roundings = 0, double scale = 0, double[]? numbers = null)
    {
        if (types.Contains(DType.Float64) && !OpenClTest.Device.Info.HasFloat64)
        {
            return;
        }

        foreach (OpenClBackendStyle style in Enum.GetValues<OpenClBackendStyle>())
        {
            Assert.NotNull(OpenClKernelRun.Backend(style).Compile(kernel));
        }

        _comparisons.Add(() =>
        {
            long[][] expected = OpenClKernelRun.Run(s_host, kernel, types, buffers, numbers);
            foreach (OpenClBackendStyle style in Enum.GetValues<OpenClBackendStyle>())
            {
                long[][] actual = OpenClKernelRun.Run(style, kernel, types, buffers, numbers);
                for (int i = 0; i < actual.Length; i++)
                {
                    Same($"{kernel.Name} ({style}), buffer {i}", types[i], expected[i], actual[i], roundings, scale);
                }
            }
        });
    }
}
