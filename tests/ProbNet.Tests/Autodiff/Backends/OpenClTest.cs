using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>The device that the tests of OpenCL run on: the first.</summary>
internal static class OpenClTest
{
    /// <summary>Why such tests do not run here; null where they do.</summary>
    public static string? Skip { get; } =
        OpenClPlatforms.Devices.Count > 0 || Environment.GetEnvironmentVariable("PROBNET_REQUIRE_OPENCL") == "1"
            ? null
            : $"No OpenCL device: {OpenClPlatforms.Absence}.";

    /// <summary>Whether all cases run, of which a driver compiles a few in a second; else a part of them.</summary>
    public static bool IsThorough { get; } = Environment.GetEnvironmentVariable("PROBNET_THOROUGH") == "1";

    public static OpenClDevice Device => OpenClPlatforms.Devices.Count > 0
        ? OpenClPlatforms.Devices[0]
        : throw new InvalidOperationException($"PROBNET_REQUIRE_OPENCL is 1, and there is no device: {OpenClPlatforms.Absence}.");
}
