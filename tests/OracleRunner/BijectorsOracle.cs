using System.Text.Json;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.OracleRunner;

/// <summary>Cases of bijectors.json: maps, their inverses and log-determinants.</summary>
public sealed class BijectorsOracle : IOracle
{
    private static readonly Dictionary<string, Func<JsonElement, Transform>> s_table = new()
    {
        ["Affine"] = p => new AffineTransform(Parameter(p, "loc"), Parameter(p, "scale")),
        ["Exp"] = _ => new ExpTransform(),
    };

    /// <inheritdoc/>
    public string Key => "bijector";

    /// <summary>The names of the maps that the runner runs.</summary>
    public static IReadOnlyCollection<string> Names => s_table.Keys;

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        string name = json.Property("bijector").GetString()!;
        Transform transform = s_table.TryGetValue(name, out Func<JsonElement, Transform>? create)
            ? create(json.Property("params"))
            : throw new SkippedException($"the transform {name} is not there yet");
        foreach ((JsonElement point, int i) in json.Property("points").EnumerateArray().Select((point, i) => (point, i)))
        {
            Tensor x = OracleTensor.Read(point.Property("x")).ToTensor();
            OracleTensor y = OracleTensor.Read(point.Property("y"));
            (Tensor value, Tensor logDet) = transform.ForwardAndLogDet(x);
            differences.Compare($"point {i} y", y, value);
            if (point.Optional("log_abs_det_forward") is { } expected)
            {
                differences.Compare($"point {i} log_abs_det_forward", OracleTensor.Read(expected), logDet.BroadcastTo(OracleTensor.Read(expected).Shape));
            }

            // Where y has lost digits of x, the inverse can only be as good as the reference's own round trip.
            double loss = point.Optional("roundtrip_relerr") is { } error ? OracleTensor.Number(error)!.Value : 0;
            if (point.Optional("inverse_of_y") is { } inverse && double.IsFinite(loss))
            {
                differences.Compare($"point {i} inverse", OracleTensor.Read(inverse), transform.Inverse(y.ToTensor()), relative: 1e-9 + (2 * loss));
            }
        }
    }

    private static Tensor Parameter(JsonElement parameters, string name) => OracleTensor.Read(parameters.Property(name)).ToTensor();
}
