namespace ProbNet.Charts;

/// <summary>Checks of arguments whose messages name the series.</summary>
internal static class Require
{
    /// <summary>How messages call a layer: its kind, and its label where it has one.</summary>
    public static string Name(string kind, string? label) => label is null ? kind : $"{kind} \"{label}\"";

    /// <summary>Refuses columns of different lengths.</summary>
    public static void SameLength(string kind, string? label, params ReadOnlySpan<(string Name, int Length)> columns)
    {
        foreach ((string name, int length) in columns)
        {
            if (length != columns[0].Length)
            {
                throw new ArgumentException(
                    $"{Name(kind, label)}: {columns[0].Name} has {columns[0].Length} values but {name} has {length}; give one of each for every point.",
                    name);
            }
        }
    }
}
