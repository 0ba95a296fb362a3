using System.Globalization;
using ProbNet.Autodiff;

/// <summary>
/// Runs before the main method of this assembly where DOTNET_STARTUP_HOOKS names it, in the process that a test starts; the runtime asks for this name, without a
/// namespace. It prints how many OpenCL devices each of eight threads sees at once, and why there are none.
/// </summary>
internal static class StartupHook
{
    public const string Variable = "PROBNET_TEST_COUNT_DEVICES";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
        {
            return;
        }

        var counts = new int[8];
        Thread[] threads = [.. counts.Select((_, i) => new Thread(() => counts[i] = OpenClPlatforms.Devices.Count))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Console.WriteLine(string.Join(' ', counts.Distinct().Select(count => count.ToString(CultureInfo.InvariantCulture))));
        Console.WriteLine(OpenClPlatforms.Absence);
    }
}
