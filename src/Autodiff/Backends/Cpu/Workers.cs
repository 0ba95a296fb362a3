using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>Runs the tiles of a job over threads.</summary>
internal static class Workers
{
    /// <summary>How many threads a job may use, the caller's included.</summary>
    public static int Threads { get; set; } = DefaultThreads();

    public static void Run<TJob>(int tiles, ref TJob job)
        where TJob : struct, ITileJob
    {
        for (int tile = 0; tile < tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    private static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("PROBNET_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0
            ? n
            : Environment.ProcessorCount;
}
