namespace ProbNet.Autodiff;

/// <summary>A device has no room for what was asked.</summary>
/// <param name="message">Which device, how many bytes, what is in use, and what to do.</param>
public sealed class DeviceMemoryException(string message) : Exception(message);
