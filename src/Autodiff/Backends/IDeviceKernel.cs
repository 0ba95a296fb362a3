namespace ProbNet.Autodiff;

/// <summary>A <see cref="Kernel"/> that a device has made ready to launch. It may be launched from several threads at once.</summary>
public interface IDeviceKernel
{
    /// <summary>The name that it has in listings and profiles.</summary>
    string Name { get; }
}
