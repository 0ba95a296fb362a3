using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>The inputs and attributes of a case of ops.json.</summary>
public sealed class OpCall
{
    // PyTorch's name for an attribute is as good as NumPy's.
    private static readonly Dictionary<string, string[]> s_synonyms = new()
    {
        ["axis"] = ["dim"],
        ["axes"] = ["dims", "dim"],
        ["dims"] = ["axes", "dim"],
        ["keepdim"] = ["keepdims"],
    };

    private readonly string[] _names;
    private readonly JsonElement _attributes;

    /// <summary>Creates the call.</summary>
    public OpCall(string[] names, Tensor[] inputs, JsonElement attributes)
    {
        _names = names;
        Inputs = inputs;
        _attributes = attributes;
    }

    /// <summary>All inputs in order.</summary>
    public Tensor[] Inputs { get; }

    /// <summary>The first input.</summary>
    public Tensor X => Inputs[0];

    /// <summary>The second input.</summary>
    public Tensor Y => Inputs[1];

    /// <summary>An input by its name.</summary>
    public Tensor this[string name] => Inputs[Array.IndexOf(_names, name) is >= 0 and var i ? i : throw new FormatException($"there is no input '{name}'")];

    /// <summary>The attribute <c>axis</c>, or <c>dim</c>.</summary>
    public int Axis => Int("axis");

    /// <summary>The attribute <c>axis</c>, or <c>dim</c>; the last if both are missing.</summary>
    public int AxisOrLast => (int)Number("axis", -1);

    /// <summary>The attribute <c>keepdim</c>; false if it is missing.</summary>
    public bool KeepDims => Bool("keepdim");

    /// <summary>An integer attribute.</summary>
    public int Int(string name) => (int)Number(name);

    /// <summary>A number attribute.</summary>
    public double Number(string name) => OracleTensor.Number(Attribute(name))!.Value;

    /// <summary>A number attribute, or a default if it is missing or null.</summary>
    public double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    /// <summary>A boolean attribute; false if it is missing.</summary>
    public bool Bool(string name) => Find(name)?.GetBoolean() ?? false;

    /// <summary>A text attribute.</summary>
    public string Text(string name) => Attribute(name).GetString()!;

    /// <summary>Whether an attribute is there and not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A list of integers; a single one is a list of one.</summary>
    public int[] Ints(string name) => Attribute(name) is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(x => x.GetInt32())]
        : [Int(name)];

    /// <summary>A list of lists of integers, null where one is null.</summary>
    public int?[][] Table(string name) =>
        [.. Attribute(name).EnumerateArray().Select(row => row.EnumerateArray().Select(x => (int?)OracleTensor.Number(x)).ToArray())];

    /// <summary>The order of a norm: a number, infinite too, or "fro", which is 2; 2 if it is missing.</summary>
    /// <exception cref="SkippedException">It is the norm of a matrix's singular values.</exception>
    public double NormOrder => Find("p") is not { ValueKind: JsonValueKind.String } text ? Number("p", 2) : text.GetString() switch
    {
        "fro" => 2,
        "nuc" => throw new SkippedException("the nuclear norm is unknown to the runner"),
        _ => Number("p"),
    };

    /// <summary>The axes to reduce: <c>axis</c> is a number, a list, or null for all.</summary>
    public int[] Axes => Has("axis") ? Ints("axis") : [.. Enumerable.Range(0, X.Rank)];

    private JsonElement? Find(string name) => s_synonyms.GetValueOrDefault(name, []).Prepend(name)
        .Select(synonym => _attributes.Optional(synonym)).FirstOrDefault(value => value is not null);

    private JsonElement Attribute(string name) => Find(name) ?? throw new FormatException($"the property '{name}' is missing");
}
