using ProbNet.Autodiff;
using ProbNet.BackendContract;
using ProbNet.Benchmarks;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>The kernels of a training step that the page lists. Plans are alike on all devices, so one that computes nothing will do.</summary>
public class KernelListTests
{
    [Fact]
    public void Devices_KernelsOfAStep_AreThoseOfThePage() => GeneratedPart.Check(
        "docs/devices.md", "<!-- kernels of a step -->", $"```text\n{Listed("mdn-32")}\n\n{Listed("vae-128")}\n```", "KernelList");

    private static string Listed(string id)
    {
        Workload workload = AllWorkloads.ById[id]();
        var device = new Device("idle", new IdleBackend());
        foreach (Parameter parameter in workload.Parameters)
        {
            parameter.Value = parameter.Value.To(device);
        }

        var step = new CompiledStep(workload);
        step.Queue();
        long before = device.Statistics.Launches;
        step.Queue();
        return FormattableString.Invariant($"{id}: {device.Statistics.Launches - before} kernels\n") + string.Join('\n', step.Kernels());
    }

    /// <summary>The plain C# back end without its loops.</summary>
    private sealed class IdleBackend : IBackend
    {
        private readonly HostBackend _host = new();

        public DeviceInfo Info => _host.Info;

        public IDeviceBuffer Allocate(long bytes) => _host.Allocate(bytes);

        public void Write(IDeviceBuffer target, long offset, ReadOnlySpan<byte> source) => _host.Write(target, offset, source);

        public void Read(IDeviceBuffer source, long offset, Span<byte> target) => _host.Read(source, offset, target);

        public void Copy(IDeviceBuffer source, long from, IDeviceBuffer target, long to, long bytes) => _host.Copy(source, from, target, to, bytes);

        public IDeviceKernel? Compile(Kernel kernel) => _host.Compile(kernel);

        public void Launch(IDeviceKernel kernel, ReadOnlySpan<BufferSlice> buffers, ReadOnlySpan<double> numbers)
        {
        }

        public void Wait() => _host.Wait();
    }
}
