using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>Cases of ops.json: values and vector-Jacobian products of single operations.</summary>
/// <param name="single">Whether to run them in Float32, where |a − b| ≤ 1e-5·(1 + |b|) is asked for.</param>
public sealed class OpsOracle(bool single = false) : IOracle
{
    private const double Absolute = 1e-10, SingleTolerance = 1e-5;

    /// <inheritdoc/>
    public string Key => "op";

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        string opName = json.Property("op").GetString()!;
        Func<OpCall, Tensor[]> op = OpTable.Find(opName);
        ReferenceError known = ReferenceError.Of(opName);
        differences.Note = known.Reason;
        JsonElement[] inputs = [.. json.Property("inputs").EnumerateArray()];
        string[] names = Array.ConvertAll(inputs, input => input.Property("name").GetString()!);
        Tensor[] values = Array.ConvertAll(inputs, input => Narrow(OracleTensor.Read(input).ToTensor(TypeOf(input))));
        JsonElement attributes = json.Optional("attrs") ?? default;

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

            differences.Compare(name, OracleTensor.Read(outputs[i]), results[i].Cast(floating ? DType.Float64 : results[i].DType),
                floating ? single ? SingleTolerance : Absolute : 0, floating ? single ? SingleTolerance : known.Value : 0);
        }

        CompareProducts(json, op, names, values, attributes, differences, known.Product);
    }

    private Tensor Narrow(Tensor x) => single && x.DType.IsFloating() ? x.Cast(DType.Float32) : x;

    private void CompareProducts(
        JsonElement json, Func<OpCall, Tensor[]> op, string[] names, Tensor[] values, JsonElement attributes, Differences differences,
        double tolerance)
    {
        OracleTensor?[] cotangents = [.. (json.Optional("cotangents")?.EnumerateArray().ToArray() ?? [])
            .Select(cotangent => cotangent.ValueKind == JsonValueKind.Null ? null : OracleTensor.Read(cotangent))];
        JsonProperty[] expected = [.. json.Optional("vjp")?.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null) ?? []];
        if (cotangents.All(cotangent => cotangent is null) || expected.Length == 0)
        {
            return;
        }

        int[] positions = Array.ConvertAll(expected, product => Array.IndexOf(names, product.Name));
        Tensor Weighted(Tensor[] leaves)
        {
            var all = (Tensor[])values.Clone();
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

        Tensor[] gradients = Gradient.ValueAndGradient(Weighted, Array.ConvertAll(positions, i => values[i])).Gradients;
        for (int i = 0; i < expected.Length; i++)
        {
            differences.Compare(
                $"vjp {expected[i].Name}", OracleTensor.Read(expected[i].Value), gradients[i],
                single ? SingleTolerance : Absolute, single ? SingleTolerance : tolerance);
        }
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
