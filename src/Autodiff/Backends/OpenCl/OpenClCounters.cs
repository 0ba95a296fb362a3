namespace ProbNet.Autodiff;

/// <summary>What one context has done since it was made.</summary>
internal readonly record struct OpenClCounters(
    long Launches, long Uploads, long UploadedBytes, long Downloads, long DownloadedBytes, long Copies, long CopiedBytes, long Programs);
