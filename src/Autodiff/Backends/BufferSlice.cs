namespace ProbNet.Autodiff;

/// <summary>Memory on a device from a byte on. Elements of a kernel's argument lie there, row-major, at the offsets of its <see cref="View"/>.</summary>
/// <param name="Buffer">The allocation.</param>
/// <param name="Offset">The first byte: a multiple of 64.</param>
public readonly record struct BufferSlice(IDeviceBuffer Buffer, long Offset);
