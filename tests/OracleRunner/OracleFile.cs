using System.Text.Json;

namespace ProbNet.OracleRunner;

/// <summary>An oracle file: <c>{"meta":{…},"cases":[…]}</c>.</summary>
public sealed class OracleFile
{
    private static readonly OpsOracle s_double = new(), s_single = new(single: true);

    private static readonly IOracle[] s_oracles =
    [
        new TrainingOracle(), new DistributionsOracle(), new KlOracle(), new BijectorsOracle(),
        new SkippedOracle("posterior", "posteriors need runs of a sampler, which this runner does not do"),
    ];

    private OracleFile(string path, IReadOnlyList<OracleCase> cases)
    {
        Path = path;
        Cases = cases;
    }

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Its cases, in order.</summary>
    public IReadOnlyList<OracleCase> Cases { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="single">Whether operations run in Float32.</param>
    /// <exception cref="OracleFormatException">It is missing, not JSON, not of the format, or holds no case of a known kind.</exception>
    public static OracleFile Load(string path, bool single = false)
    {
        IOracle[] oracles = [single ? s_single : s_double, .. s_oracles];
        JsonElement root;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            root = document.RootElement.Clone();
        }
        catch (JsonException error)
        {
            throw new OracleFormatException($"{path}: not JSON: {error.Message.ReplaceLineEndings(" ")}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OracleFormatException($"{path}: cannot be read: {error.Message}");
        }

        if (root.Optional("cases") is not { ValueKind: JsonValueKind.Array } list)
        {
            throw new OracleFormatException($"{path}: not an oracle file: it has no list named 'cases'");
        }

        var cases = new List<OracleCase>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement json in list.EnumerateArray())
        {
            if (json.Optional("id") is not { ValueKind: JsonValueKind.String } id)
            {
                throw new OracleFormatException($"{path}: not an oracle file: case {cases.Count} has no id");
            }

            if (!ids.Add(id.GetString()!))
            {
                throw new OracleFormatException($"{path}: not an oracle file: the id '{id}' stands twice");
            }

            cases.Add(new OracleCase(id.GetString()!, json, oracles.FirstOrDefault(oracle => json.Optional(oracle.Key) is not null)));
        }

        if (cases.All(oracleCase => oracleCase.Oracle is null))
        {
            throw new OracleFormatException(cases.Count == 0
                ? $"{path}: it holds no cases"
                : $"{path}: none of its {cases.Count} cases has a property that tells a known kind: {string.Join(", ", oracles.Select(oracle => oracle.Key))}");
        }

        return new OracleFile(path, cases);
    }
}
