using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProbNet.Examples;

/// <summary>The figures of an example as a JSON file.</summary>
public static class JsonFile
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>Writes the file under a temporary name, then renames it.</summary>
    public static void Write(string path, JsonNode root)
    {
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, root.ToJsonString(s_indented) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>A number. JSON has no NaN or infinity: null says that there is no number.</summary>
    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
