using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>A buffer without memory.</summary>
internal sealed class FakeBuffer(long bytes, Action<FakeBuffer>? disposed = null) : IDeviceBuffer
{
    public long Bytes { get; } = bytes;

    public bool IsDisposed { get; private set; }

    public void Dispose()
    {
        IsDisposed = true;
        disposed?.Invoke(this);
    }
}
