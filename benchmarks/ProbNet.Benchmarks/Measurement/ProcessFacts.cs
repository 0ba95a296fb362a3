using System.Diagnostics;
using System.Globalization;

namespace ProbNet.Benchmarks;

/// <summary>What the operating system says of this process.</summary>
internal static class ProcessFacts
{
    /// <summary>The most memory that was resident so far: VmHWM on Linux, the peak working set elsewhere.</summary>
    public static long PeakMemoryBytes()
    {
        if (OperatingSystem.IsLinux())
        {
            string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    /// <summary>Milliseconds since the process was started, to about 10 ms: as finely as the system notes the start.</summary>
    public static double MillisecondsSinceStart()
    {
        using var process = Process.GetCurrentProcess();
        return (DateTime.Now - process.StartTime).TotalMilliseconds;
    }
}
