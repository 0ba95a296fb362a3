using System.Globalization;
using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>Cases of ops.json: values and vector-Jacobian products of single operations.</summary>
/// <param name="single">Whether to run them in Float32, where |a − b| ≤ 1e-5·(1 + |b|) is asked for.</param>
public sealed class OpsOracle(bool single = false) : IOracle
{
    private const double Absolute = 1e-10, Relative = 1e-9, SingleTolerance = 1e-5;

    // Inputs such as −0.9999999999 and 1e-300 round to the edge of these functions' domains, or to where a rounding moves the result too far.
    private static readonly string[] s_illConditioned = ["erfinv", "erfcinv"];

    /// <inheritdoc/>
    public string Key => "op";

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        string opName = json.Property("op").GetString()!;
        Func<OpCall, Tensor[]> op = OpTable.Find(opName);
        JsonElement[] inputs = [.. json.Property("inputs").EnumerateArray()];
        string[] names = Array.ConvertAll(inputs, input => input.Property("name").GetString()!);
        Tensor[] doubles = Array.ConvertAll(inputs, input => OracleTensor.Read(input).ToTensor(TypeOf(input)));
        Tensor[] values = Array.ConvertAll(doubles, Narrow);
        JsonElement attributes = json.Optional("attrs") ?? default;

        // In double precision, at the inputs and at the rounded inputs: what the rounding alone does.
        Tensor[][]? conditions = single && s_illConditioned.Contains(opName) ? [doubles, Array.ConvertAll(values, x => x.Cast(DType.Float64))] : null;
        Tensor[][]? moved = conditions is null ? null : Array.ConvertAll(conditions, at => op(new OpCall(names, at, attributes)));
        Tensor[] results = op(new OpCall(names, values, attributes));
        JsonElement[] outputs = [.. json.Property("outputs").EnumerateArray()];
        if (results.Length != outputs.Length)
        {
            differences.Add($"expected {outputs.Length} outputs, got {results.Length}");
            return;
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            string name = outputs[i].Property("name").GetString()!;
            bool floating = TypeOf(outputs[i]).IsFloating();
            if (results[i].DType.IsFloating() != floating)
            {
                differences.Add($"{name}: expected {outputs[i].Property("dtype")}, got {results[i].DType}");
            }

            OracleTensor reference = OracleTensor.Read(outputs[i]);
            reference = moved is null ? reference : LeaveOut(name, reference, moved[0][i], moved[1][i], doubles[0], differences);
            differences.Compare(name, reference, results[i].Cast(floating ? DType.Float64 : results[i].DType),
                floating ? single ? SingleTolerance : Absolute : 0, floating ? single ? SingleTolerance : Relative : 0, single ? null : ReferenceError.OfValue(opName));
        }

        CompareProducts(json, op, names, values, conditions, attributes, differences, single ? null : ReferenceError.OfProduct(opName));
    }

    private Tensor Narrow(Tensor x) => single && x.DType.IsFloating() ? x.Cast(DType.Float32) : x;

    private void CompareProducts(
        JsonElement json, Func<OpCall, Tensor[]> op, string[] names, Tensor[] values, Tensor[][]? conditions, JsonElement attributes,
        Differences differences, ReferenceError? known)
    {
        OracleTensor?[] cotangents = [.. (json.Optional("cotangents")?.EnumerateArray().ToArray() ?? [])
            .Select(cotangent => cotangent.ValueKind == JsonValueKind.Null ? null : OracleTensor.Read(cotangent))];
        JsonProperty[] expected = [.. json.Optional("vjp")?.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null) ?? []];
        if (cotangents.All(cotangent => cotangent is null) || expected.Length == 0)
        {
            return;
        }

        int[] positions = Array.ConvertAll(expected, product => Array.IndexOf(names, product.Name));
        Tensor Weighted(Tensor[] inputs, Tensor[] leaves)
        {
            var all = (Tensor[])inputs.Clone();
            for (int i = 0; i < leaves.Length; i++)
            {
                all[positions[i]] = leaves[i];
            }

            Tensor[] results = op(new OpCall(names, all, attributes));
            Tensor sum = 0.0;
            for (int i = 0; i < results.Length; i++)
            {
                sum = cotangents[i] is { } cotangent ? sum + (cotangent.ToTensor().Cast(results[i].DType) * results[i]).Sum() : sum;
            }

            return sum;
        }

        Tensor[] Products(Tensor[] inputs) =>
            Gradient.ValueAndGradient(leaves => Weighted(inputs, leaves), Array.ConvertAll(positions, i => inputs[i])).Gradients;

        Tensor[] gradients = Products(values);
        Tensor[][]? moved = conditions is null ? null : Array.ConvertAll(conditions, Products);
        for (int i = 0; i < expected.Length; i++)
        {
            string name = $"vjp {expected[i].Name}";
            OracleTensor reference = OracleTensor.Read(expected[i].Value);
            reference = moved is null ? reference : LeaveOut(name, reference, moved[0][i], moved[1][i], conditions![0][positions[i]], differences);
            differences.Compare(
                name, reference, gradients[i],
                single ? SingleTolerance : Absolute, single ? SingleTolerance : Relative, known);
        }
    }

    /// <summary>The reference without the values that the rounding of the inputs alone moves by more than half of the tolerance; the note names them.</summary>
    private static OracleTensor LeaveOut(string what, OracleTensor reference, Tensor exact, Tensor rounded, Tensor x, Differences differences)
    {
        double[] before = exact.ToDoubles(), after = rounded.ToDoubles(), points = x.ToDoubles();
        var data = (double?[])reference.Data.Clone();
        var inputs = new List<string>();
        for (int i = 0; i < data.Length; i++)
        {
            bool kept = before[i].Equals(after[i]) || Math.Abs(after[i] - before[i]) <= 0.5 * SingleTolerance * (1 + Math.Abs(before[i]));
            if (!kept)
            {
                data[i] = null;
                inputs.Add(points[i].ToString("R", CultureInfo.InvariantCulture));
            }
        }

        if (inputs.Count > 0)
        {
            string left = $"{what} left out at {string.Join(", ", inputs)}, which Float32 rounds to the edge of the domain or too far";
            differences.Note = differences.Note.Length == 0 ? left : $"{differences.Note}; {left}";
        }

        return reference with { Data = data };
    }

    private static DType TypeOf(JsonElement tensor) => tensor.Property("dtype").GetString() switch
    {
        "float64" => DType.Float64,
        "float32" => DType.Float64,
        "int64" or "int32" => DType.Int64,
        "bool" => DType.Bool,
        var other => throw new FormatException($"the type '{other}' is unknown"),
    };
}
