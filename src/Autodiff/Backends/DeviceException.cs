namespace ProbNet.Autodiff;

/// <summary>Tensors of an operation live on different devices, or a device is absent or cannot do what was asked.</summary>
/// <param name="message">What was asked, the devices, and what to do.</param>
public sealed class DeviceException(string message) : InvalidOperationException(message);
