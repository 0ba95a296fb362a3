using System.Globalization;
using System.Text;

namespace ProbNet.Charts;

/// <summary>Writes files that are never seen half written.</summary>
internal static class AtomicFile
{
    private static int written;

    /// <summary>Writes UTF-8 text under a temporary name in the same folder, then renames it.</summary>
    public static void Write(string path, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string full = Path.GetFullPath(path);
        string temporary = string.Create(CultureInfo.InvariantCulture, $"{full}.{Environment.ProcessId}-{Interlocked.Increment(ref written)}.tmp");
        try
        {
            File.WriteAllText(temporary, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
