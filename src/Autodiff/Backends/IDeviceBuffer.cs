namespace ProbNet.Autodiff;

/// <summary>One allocation on a device. Disposed by the pool that holds it, once and never by a finalizer.</summary>
public interface IDeviceBuffer : IDisposable
{
    /// <summary>Its size.</summary>
    long Bytes { get; }
}
