using System.Text.Json;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.OracleRunner;

/// <summary>Cases of distributions.json: densities and their gradients, distribution and quantile functions, moments, edges of the support.</summary>
public sealed class DistributionsOracle : IOracle
{
    // SCHEMA.md: distribution and quantile functions, 1e-8 relative and 1e-12 absolute.
    private const double ProbabilityRelative = 1e-8, ProbabilityAbsolute = 1e-12;

    /// <inheritdoc/>
    public string Key => "dist";

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        string family = json.Property("dist").GetString()!;
        DistributionTable.Require(family);
        Dictionary<string, Tensor> parameters = json.Property("params").EnumerateObject().ToDictionary(p => p.Name, p => OracleTensor.Read(p.Value).ToTensor());
        if (json.Optional("points") is { } list && list.GetArrayLength() == 0)
        {
            throw new FormatException($"{family}: the property 'points' is empty; leave it out or give a point");
        }

        Shape outcome = json.Optional("points") is { } points ? OracleTensor.Read(points[0].Property("x")).Shape : Shape.Scalar;
        Distribution distribution = DistributionTable.Create(family, parameters, outcome);
        if (json.Property("kind").GetString() == "multivariate")
        {
            foreach ((JsonElement point, int i) in json.Property("points").EnumerateArray().Select((point, i) => (point, i)))
            {
                ComparePoint($"point {i}", family, parameters, point, differences);
            }

            if (json.Optional("cdf") is { } cdf && distribution is Univariate univariate)
            {
                Tensor at = OracleTensor.Read(cdf.Property("x")).ToTensor();
                differences.Compare("cdf", OracleTensor.Read(cdf.Property("cdf")), univariate.Cdf(at), ProbabilityAbsolute, ProbabilityRelative);
            }
        }
        else
        {
            CompareFunctions(family, parameters, (Univariate)distribution, json, differences);
        }

        bool infiniteMean = IsContinuedMoment(family, parameters, 1), infiniteVariance = IsContinuedMoment(family, parameters, 2);
        if (infiniteVariance)
        {
            differences.Note = "SciPy's infinite moments of a Fréchet distribution are values of Γ beyond its poles, and are not compared";
        }

        if (!infiniteMean)
        {
            CompareMoment("mean", json, () => distribution.Mean().Value, differences);
        }

        if (!infiniteVariance)
        {
            // SCHEMA.md: the variance of angles is the circular one.
            CompareMoment("variance", json, () => distribution is VonMises angles ? angles.CircularVariance : distribution.Variance().Value, differences);
        }

        if (IsUncheckedSum(json))
        {
            differences.Note = "the entropy is SciPy's alone, whose sum over the integers ends early for wide distributions, and is not compared";
        }
        else
        {
            CompareMoment("entropy", json, () => distribution.Entropy().Value, differences);
        }

        CompareMoment("mode", json, () => distribution.Mode, differences);
    }

    private static void ComparePoint(
        string what, string family, Dictionary<string, Tensor> parameters, JsonElement point, Differences differences)
    {
        Tensor x = OracleTensor.Read(point.Property("x")).ToTensor();
        Tensor value = DistributionTable.Create(family, parameters, x.Shape).LogProb(x);
        differences.Compare($"{what} log_prob", OracleTensor.Read(point.Property("log_prob")), value);
        CompareGradients(what, family, parameters, x, point.Optional("grad"), differences);
    }

    private static void CompareFunctions(
        string family, Dictionary<string, Tensor> parameters, Univariate distribution, JsonElement json, Differences differences)
    {
        Tensor x = OracleTensor.Read(json.Property("x")).ToTensor();
        differences.Compare("log_prob", OracleTensor.Read(json.Property("log_prob")), distribution.LogProb(x));
        if (json.Optional("cdf") is { } cdf)
        {
            differences.Compare("cdf", OracleTensor.Read(cdf), distribution.Cdf(x), ProbabilityAbsolute, ProbabilityRelative);
        }

        if (json.Optional("sf") is { } survival)
        {
            differences.Compare("sf", OracleTensor.Read(survival), distribution.Survival(x), ProbabilityAbsolute, ProbabilityRelative);
        }

        if (json.Optional("log_cdf") is { } logCdf)
        {
            differences.Compare("log_cdf", OracleTensor.Read(logCdf), distribution.LogCdf(x));
        }

        if (json.Optional("log_sf") is { } logSurvival)
        {
            differences.Compare("log_sf", OracleTensor.Read(logSurvival), distribution.LogSurvival(x));
        }

        if (json.Optional("icdf") is { } quantile)
        {
            Tensor p = OracleTensor.Read(quantile.Property("p")).ToTensor();
            differences.Compare("icdf", OracleTensor.Read(quantile.Property("x")), distribution.Quantile(p), ProbabilityAbsolute, ProbabilityRelative);
        }

        foreach (double outside in (json.Optional("out_of_support")?.EnumerateArray() ?? default).Select(json => OracleTensor.Number(json)!.Value))
        {
            differences.Compare(
                FormattableString.Invariant($"log_prob outside of the support at {outside:R}"),
                double.NegativeInfinity, distribution.LogProb(Tensor.Scalar(outside, DType.Float64)).ToScalar());
        }

        foreach (JsonElement edge in json.Optional("boundary")?.EnumerateArray() ?? default)
        {
            double at = OracleTensor.Number(edge.Property("x"))!.Value;
            differences.Compare(
                FormattableString.Invariant($"log_prob at the edge {at:R}"),
                OracleTensor.Read(edge.Property("log_prob")), distribution.LogProb(Tensor.Scalar(at, DType.Float64)));
        }

        // One copy of each parameter a point, so that one backward pass gives the gradients at every point.
        Dictionary<string, Tensor> repeated = parameters.ToDictionary(p => p.Key, p => p.Value.BroadcastTo(x.Shape));
        CompareGradients("grad", family, repeated, x, json.Optional("grad"), differences);
    }

    private static void CompareGradients(
        string what, string family, Dictionary<string, Tensor> parameters, Tensor x, JsonElement? expected, Differences differences)
    {
        JsonProperty[] wanted = [.. expected?.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null) ?? []];
        if (wanted.Length == 0)
        {
            return;
        }

        Tensor Sum(Tensor[] leaves)
        {
            var all = new Dictionary<string, Tensor>(parameters);
            Tensor at = x;
            for (int i = 0; i < leaves.Length; i++)
            {
                if (wanted[i].Name == "x")
                {
                    at = leaves[i];
                }
                else
                {
                    all[wanted[i].Name] = leaves[i];
                }
            }

            return DistributionTable.Create(family, all, at.Shape).LogProb(at).Sum();
        }

        Tensor[] inputs = Array.ConvertAll(wanted, p => p.Name == "x" ? x : parameters[p.Name]);
        Tensor[] gradients = Gradient.ValueAndGradient(Sum, inputs).Gradients;
        for (int i = 0; i < wanted.Length; i++)
        {
            differences.Compare($"{what} d/d{wanted[i].Name}", OracleTensor.Read(wanted[i].Value), gradients[i]);
        }
    }

    /// <summary>True for a Fréchet distribution whose moment of an order is infinite.</summary>
    private static bool IsContinuedMoment(string family, Dictionary<string, Tensor> parameters, int order) =>
        family == "Frechet" && parameters["alpha"].ToScalar() <= order;

    /// <summary>True for a discrete entropy that no second source confirms.</summary>
    private static bool IsUncheckedSum(JsonElement json) =>
        json.Property("kind").GetString() == "discrete" && json.Optional("sources")?.Optional("entropy")?.GetString() == "scipy";

    private static void CompareMoment(string name, JsonElement json, Func<Tensor> moment, Differences differences)
    {
        if (json.Optional(name) is { } expected && OracleTensor.Read(expected) is var reference && !reference.Data.All(x => x is null or double.NaN))
        {
            differences.Compare(name, reference, moment().Cast(DType.Float64));
        }
    }
}
