using System.Text.Json;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.OracleRunner;

/// <summary>Cases of kl.json: Kullback–Leibler divergences between two families and their gradients.</summary>
public sealed class KlOracle : IOracle
{
    /// <inheritdoc/>
    public string Key => "pair";

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        Side p = new(json.Property("p"), "p"), q = new(json.Property("q"), "q");
        DistributionTable.Require(p.Family);
        DistributionTable.Require(q.Family);
        Estimate Kl(Dictionary<string, Tensor> values) => p.Create(values).Kl(q.Create(values));

        Dictionary<string, Tensor> parameters = p.Parameters.Concat(q.Parameters).ToDictionary(entry => entry.Key, entry => entry.Value);
        differences.Compare("kl", OracleTensor.Read(json.Property("kl")), Kl(parameters).Value);
        JsonProperty[] wanted = [.. json.Optional("grad")?.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null) ?? []];
        if (wanted.Length == 0)
        {
            return;
        }

        Tensor Value(Tensor[] leaves)
        {
            var all = new Dictionary<string, Tensor>(parameters);
            for (int i = 0; i < leaves.Length; i++)
            {
                all[wanted[i].Name] = leaves[i];
            }

            return Kl(all).Value.Sum();
        }

        Tensor[] gradients = Gradient.ValueAndGradient(Value, Array.ConvertAll(wanted, entry => parameters[entry.Name])).Gradients;
        for (int i = 0; i < wanted.Length; i++)
        {
            bool trigamma = wanted[i].Name.Contains(".concentration", StringComparison.Ordinal);
            differences.Compare($"grad {wanted[i].Name}", OracleTensor.Read(wanted[i].Value), gradients[i], known: trigamma ? ReferenceError.Trigamma : null);
        }
    }

    /// <summary>One of the two distributions; its parameters are named "p.loc", "q.scale" ….</summary>
    private sealed class Side(JsonElement json, string prefix)
    {
        public string Family { get; } = json.Property("dist").GetString()!;

        public Dictionary<string, Tensor> Parameters { get; } =
            json.Property("params").EnumerateObject().ToDictionary(p => $"{prefix}.{p.Name}", p => OracleTensor.Read(p.Value).ToTensor());

        public Distribution Create(Dictionary<string, Tensor> values) =>
            DistributionTable.Create(Family, Parameters.Keys.ToDictionary(name => name[(prefix.Length + 1)..], name => values[name]));
    }
}
