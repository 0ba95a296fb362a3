using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>A tensor of an oracle file: row-major values, null where the reference does not define one.</summary>
public sealed record OracleTensor(Shape Shape, double?[] Data)
{
    /// <summary>Reads <c>{"shape":[…],"data":[…]}</c>, a number (a scalar), or a list of numbers (a vector).</summary>
    public static OracleTensor Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new(
            json.Property("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray(),
            [.. json.Property("data").EnumerateArray().Select(Number)]),
        JsonValueKind.Array => Vector([.. json.EnumerateArray().Select(Number)]),
        _ => new(Shape.Scalar, [Number(json)]),
    };

    /// <summary>The values as a tensor; a value that is not defined is refused.</summary>
    public Tensor ToTensor(DType dtype = DType.Float64) => dtype switch
    {
        DType.Int64 => Tensor.From(Array.ConvertAll(Data, x => (long)x!.Value), Shape),
        DType.Bool => Tensor.From(Array.ConvertAll(Data, x => x!.Value != 0), Shape),
        _ => Tensor.From(Array.ConvertAll(Data, x => x!.Value), Shape),
    };

    /// <summary>A number, or one of the strings NaN, Infinity and -Infinity, in Python's spelling too; null for null.</summary>
    public static double? Number(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString() switch
        {
            "NaN" or "nan" => double.NaN,
            "Infinity" or "inf" => double.PositiveInfinity,
            "-Infinity" or "-inf" => double.NegativeInfinity,
            var text => throw new FormatException($"'{text}' is not a number"),
        },
        _ => throw new FormatException($"a number was expected, not {json.ValueKind}"),
    };

    private static OracleTensor Vector(double?[] data) => new([data.Length], data);
}
