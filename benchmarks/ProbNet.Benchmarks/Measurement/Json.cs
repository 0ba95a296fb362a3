using System.Text.Json;

namespace ProbNet.Benchmarks;

/// <summary>The form of the JSON files: names in snake_case.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions s_options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Writes a file.</summary>
    public static void Write<T>(string path, T value) => File.WriteAllText(path, JsonSerializer.Serialize(value, s_options) + "\n");

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    public static T Read<T>(string path) => JsonSerializer.Deserialize<T>(File.ReadAllText(path), s_options)!;
}
