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
        ["AffineAutoregressive"] = MaskedAutoregressive,
        ["AffineCoupling"] = Coupling,
        ["BatchNormFlow"] = p => new BatchNormTransform(
            Parameter(p, "gamma"), Parameter(p, "beta"), Parameter(p, "mean"), Parameter(p, "var"), Number(p, "eps") ?? 1e-5),
        ["ChainExpAffineSigmoid"] = p => p.Property("steps").EnumerateArray().Select(Step).Aggregate((first, second) => first.Then(second)),
        ["CorrCholesky"] = _ => new CorrelationCholeskyTransform(),
        ["CovarianceFromLower"] = _ => new LowerCholeskyTransform().Then(new CholeskyProductTransform()),
        ["Exp"] = _ => new ExpTransform(),
        ["GumbelCDF"] = p => new GumbelCdfTransform(Parameter(p, "loc"), Parameter(p, "scale")),
        ["Householder"] = p => new HouseholderTransform(Parameter(p, "v")),
        ["InvertibleLinear"] = p => new LinearTransform(Parameter(p, "W")),
        ["LeakyReLU"] = p => new LeakyReluTransform(Number(p, "negative_slope") ?? 0.01),
        ["Log"] = _ => new LogTransform(),
        ["LowerCholesky"] = _ => new LowerCholeskyTransform(),
        ["LowerCholeskySoftplus"] = p => new LowerCholeskyTransform(new SoftplusTransform().Then(new AffineTransform(Number(p, "diag_shift") ?? 0, 1.0))),
        ["NormalCDF"] = _ => new NormalCdfTransform(),
        ["Ordered"] = _ => new OrderedTransform(),
        ["OrderedSoftplus"] = _ => new OrderedTransform(new SoftplusTransform()),
        ["Permute"] = p => new PermuteTransform([.. OracleTensor.Read(p.Property("permutation")).Data.Select(i => (int)i!.Value)]),
        ["Planar"] = p => new PlanarTransform(Parameter(p, "w"), Parameter(p, "u_raw"), Parameter(p, "b")),
        ["PolarToCartesian"] = _ => new PolarToCartesianTransform(),
        ["Power"] = p => new PowerTransform(Parameter(p, "power")),
        ["Radial"] = p => new RadialTransform(Parameter(p, "x0"), Parameter(p, "alpha"), Parameter(p, "beta_raw")),
        ["RationalQuadraticSpline"] = p => RationalQuadraticSplineTransform.FromFeatures(
            Parameter(p, "unnormalized_widths"), Parameter(p, "unnormalized_heights"), Parameter(p, "unnormalized_derivatives"), Number(p, "bound") ?? 3,
            Number(p, "min_bin_width") ?? 1e-3, Number(p, "min_bin_height") ?? 1e-3, Number(p, "min_derivative") ?? 1e-3),
        ["Reciprocal"] = _ => new ReciprocalTransform(),
        ["ScaleTril"] = p => new ScaleTrilTransform(Parameter(p, "loc"), Parameter(p, "scale_tril")),
        ["Sigmoid"] = _ => new SigmoidTransform(),
        ["SigmoidInterval"] = p => new SigmoidTransform(Parameter(p, "low"), Parameter(p, "high")),
        ["SinhArcsinh"] = p => new SinhArcsinhTransform(Parameter(p, "skewness"), Parameter(p, "tailweight")),
        ["SoftmaxCentered"] = _ => new SoftmaxCenteredTransform(),
        ["Softplus"] = _ => new SoftplusTransform(),
        ["Softsign"] = _ => new SoftsignTransform(),
        ["Square"] = _ => new PowerTransform(2.0),
        ["Stereographic"] = _ => new StereographicTransform(),
        ["StickBreaking"] = _ => new StickBreakingTransform(),
        ["Tanh"] = _ => new TanhTransform(),
        ["WeibullCDF"] = p => new WeibullCdfTransform(Parameter(p, "scale"), Parameter(p, "concentration")),
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
            : throw new SkippedException($"the transform {name} is unknown to the runner");
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

    private static double? Number(JsonElement parameters, string name) => parameters.Optional(name) is { } json ? OracleTensor.Number(json) : null;

    // h = tanh(W·x₁ + b) with the first half of h as the log scales and the second as the shifts; the coordinates that pass come first in the mask.
    private static CouplingTransform Coupling(JsonElement p)
    {
        Tensor weight = Parameter(p, "W"), bias = Parameter(p, "b");
        return new CouplingTransform(weight.Shape[-1], first =>
        {
            Tensor[] parts = (first.MatMul(weight.Transpose()) + bias).Tanh().Split(2, -1);
            return AffineTransform.FromLogScale(parts[1], parts[0]);
        });
    }

    // z = (x − shift(x))·exp(−logscale(x)), with conditioners that are linear in the coordinates before each.
    private static AutoregressiveTransform MaskedAutoregressive(JsonElement p)
    {
        Tensor shiftWeight = Parameter(p, "W_shift").Tril(-1), logWeight = Parameter(p, "W_logscale").Tril(-1);
        Tensor shiftBias = Parameter(p, "b_shift"), logBias = Parameter(p, "b_logscale");
        return new AutoregressiveTransform(x => AffineTransform.FromLogScale(
            x.MatMul(shiftWeight.Transpose()) + shiftBias, x.MatMul(logWeight.Transpose()) + logBias).Inverted());
    }

    // A step is a name, a name with its parameters in a list, or an object with both.
    private static Transform Step(JsonElement step)
    {
        (string name, JsonElement parameters) = step.ValueKind switch
        {
            JsonValueKind.String => (step.GetString()!, step),
            JsonValueKind.Array => (step[0].GetString()!, step),
            _ => ((step.Optional("bijector") ?? step.Optional("name") ?? step.Property("type")).GetString()!, step.Optional("params") ?? step),
        };
        if (parameters.ValueKind == JsonValueKind.Array)
        {
            JsonElement[] arguments = [.. parameters.EnumerateArray().Skip(1)];
            if (arguments is [{ ValueKind: JsonValueKind.Object or JsonValueKind.Array } inner])
            {
                parameters = inner;
                arguments = inner.ValueKind == JsonValueKind.Array ? [.. inner.EnumerateArray()] : [];
            }

            if (arguments.Length == 2)
            {
                return new AffineTransform(OracleTensor.Read(arguments[0]).ToTensor(), OracleTensor.Read(arguments[1]).ToTensor());
            }
        }

        string key = s_table.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SkippedException($"the transform {name} is unknown to the runner");
        return s_table[key](parameters);
    }
}
