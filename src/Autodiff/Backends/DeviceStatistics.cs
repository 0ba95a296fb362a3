namespace ProbNet.Autodiff;

/// <summary>What a device has done so far. Differences of two snapshots say what a piece of code costs.</summary>
/// <param name="Launches">Kernels that were launched.</param>
/// <param name="Uploads">Copies from the host.</param>
/// <param name="UploadedBytes">Their bytes.</param>
/// <param name="Downloads">Copies to the host, each of which waits for the device.</param>
/// <param name="DownloadedBytes">Their bytes.</param>
/// <param name="HostOperations">Operations that went through the host, because the device has no kernel for them.</param>
/// <param name="Kernels">Different kernels that were made ready.</param>
/// <param name="LiveBytes">Memory that tensors and graphs hold now.</param>
/// <param name="PooledBytes">Memory that is kept for later.</param>
/// <param name="PeakBytes">The most that was held at once.</param>
public readonly record struct DeviceStatistics(
    long Launches, long Uploads, long UploadedBytes, long Downloads, long DownloadedBytes, long HostOperations, long Kernels, long LiveBytes, long PooledBytes, long PeakBytes);
