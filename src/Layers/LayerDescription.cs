using System.Text.Json.Nodes;

namespace ProbNet.Layers;

/// <summary>
/// What a layer, head or initializer is and how it is set: enough to make it again through <see cref="LayerRegistry"/>. The typed readers name
/// the setting that is missing or of another type.
/// </summary>
public sealed class LayerDescription
{
    /// <summary>Creates a description.</summary>
    /// <param name="kind">The registered name.</param>
    /// <param name="settings">Its settings; none by default.</param>
    public LayerDescription(string kind, JsonObject? settings = null)
    {
        Kind = kind;
        Settings = settings ?? [];
    }

    /// <summary>The registered name.</summary>
    public string Kind { get; }

    /// <summary>The settings by name.</summary>
    public JsonObject Settings { get; }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not an object with "kind" and "settings".</exception>
    public static LayerDescription FromJson(JsonNode? node)
    {
        string kind = node is JsonObject found && found["kind"] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new InvalidDataException("LayerDescription: an object with a text \"kind\" and an object \"settings\" was expected.");
        return node["settings"] is JsonObject settings
            ? new LayerDescription(kind, (JsonObject)settings.DeepClone())
            : throw new InvalidDataException($"LayerDescription: '{kind}' has no object \"settings\".");
    }

    /// <summary>As an object {"kind": …, "settings": {…}}.</summary>
    public JsonObject ToJson() => new() { ["kind"] = Kind, ["settings"] = Settings.DeepClone() };

    /// <summary>A whole number among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public int Integer(string name) => OptionalInteger(name) ?? throw Missing(name, "a whole number");

    /// <summary>A whole number among the settings, or null where the setting is null.</summary>
    /// <exception cref="InvalidDataException">The setting is missing or something else.</exception>
    public int? OptionalInteger(string name) => Setting(name, "a whole number or null") is not JsonValue value ? null
        : value.TryGetValue(out int number) ? number : throw Missing(name, "a whole number");

    /// <summary>A number among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public double Number(string name) => OptionalNumber(name) ?? throw Missing(name, "a number");

    /// <summary>A number among the settings, or null where the setting is null.</summary>
    /// <exception cref="InvalidDataException">The setting is missing or something else.</exception>
    public double? OptionalNumber(string name)
    {
        if (Setting(name, "a number or null") is not JsonValue value)
        {
            return null;
        }

        // A value that was set as an int and never written to a file is not yet readable as a double.
        return value.TryGetValue(out double number) ? number : value.TryGetValue(out int whole) ? whole : throw Missing(name, "a number");
    }

    /// <summary>A list of numbers among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public IReadOnlyList<double> Numbers(string name) => Setting(name, "a list of numbers") is JsonArray list
        && list.All(item => item is JsonValue value && (value.TryGetValue(out double _) || value.TryGetValue(out int _)))
        ? [.. list.Select(item => item!.AsValue().TryGetValue(out double number) ? number : item.GetValue<int>())]
        : throw Missing(name, "a list of numbers");

    /// <summary>A truth value among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public bool Flag(string name) => Setting(name, "true or false") is JsonValue value && value.TryGetValue(out bool flag)
        ? flag : throw Missing(name, "true or false");

    /// <summary>A text among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public string Text(string name) => Setting(name, "a text") is JsonValue value && value.TryGetValue(out string? text)
        ? text : throw Missing(name, "a text");

    /// <summary>One of several named values among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name, or it is not one of them.</exception>
    public T Choice<T>(string name) where T : struct, Enum => Enum.TryParse(Text(name), out T value) && Enum.IsDefined(value)
        ? value : throw Missing(name, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>The description of a part among the settings.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public LayerDescription Part(string name) => FromJson(Setting(name, "a description"));

    /// <summary>The descriptions of several parts, in order.</summary>
    /// <exception cref="InvalidDataException">There is no list of that name.</exception>
    public IReadOnlyList<LayerDescription> Parts(string name) => Setting(name, "a list of descriptions") is JsonArray parts
        ? [.. parts.Select(FromJson)] : throw Missing(name, "a list of descriptions");

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Settings.ToJsonString()}";

    private JsonNode? Setting(string name, string what) => Settings.TryGetPropertyValue(name, out JsonNode? node) ? node : throw Missing(name, what);

    private InvalidDataException Missing(string name, string what) =>
        new($"{Kind}: the setting \"{name}\" must be {what}, but the settings are {Settings.ToJsonString()}.");
}
