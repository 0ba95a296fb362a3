namespace ProbNet.Autodiff;

/// <summary>What a device is and can.</summary>
/// <param name="Name">The name that its driver gives it.</param>
/// <param name="Vendor">Who made it.</param>
/// <param name="Version">The version of the interface and of the driver.</param>
/// <param name="Kind">What it is made of.</param>
/// <param name="Memory">Its memory in bytes.</param>
/// <param name="LargestBuffer">The most bytes of one allocation.</param>
/// <param name="LocalMemory">The bytes that a group of work items shares.</param>
/// <param name="MaxWorkGroup">The most work items of a group.</param>
/// <param name="ComputeUnits">How many groups run at once.</param>
/// <param name="HasFloat64">Whether it computes in Float64.</param>
public sealed record DeviceInfo(
    string Name, string Vendor, string Version, DeviceKind Kind, long Memory, long LargestBuffer, int LocalMemory, int MaxWorkGroup, int ComputeUnits, bool HasFloat64);
