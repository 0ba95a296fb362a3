using System.Text.Json;

namespace ProbNet.OracleRunner;

/// <summary>Reading JSON with errors that name what is missing.</summary>
public static class JsonExtensions
{
    /// <summary>A property that must be there.</summary>
    public static JsonElement Property(this JsonElement json, string name) =>
        json.Optional(name) ?? throw new FormatException($"the property '{name}' is missing");

    /// <summary>A property, or null if it is missing or null.</summary>
    public static JsonElement? Optional(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
