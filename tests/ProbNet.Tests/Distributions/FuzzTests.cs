using System.Globalization;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>
/// Random parameters and values, extreme ones too, in every family: no NaN in values or gradients, no exception. PROBNET_FUZZ_PAIRS is the number of pairs a
/// family, 2,000 if it is not set; the other methods take a hundredth of it.
/// </summary>
public class FuzzTests
{
    private const int Chunk = 50_000;

    // What the parameters of a family are, a letter each: r any number, p positive, u in (0, 1), c a count, s a small count, e a whole number above 0,
    // l small logits, H above the one before it. A capital of p is moderate: components of mixtures, whose quantiles are searched for.
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["Normal"] = "rp", ["LogNormal"] = "rp", ["StudentT"] = "prp", ["Laplace"] = "rp", ["Logistic"] = "rp", ["Uniform"] = "rH", ["Exponential"] = "p",
        ["Gamma"] = "pp", ["Beta"] = "pp", ["Cauchy"] = "rp", ["Gumbel"] = "rp", ["Moyal"] = "rp", ["AsymmetricLaplace"] = "rpp", ["SkewNormal"] = "rpr", ["SplitNormal"] = "rpp",
        ["LogLaplace"] = "pp",
        ["GeneralizedNormal"] = "rpp", ["JohnsonSU"] = "rprp", ["ExGaussian"] = "rpp", ["HalfNormal"] = "p", ["HalfCauchy"] = "p", ["Weibull"] = "pp",
        ["Rayleigh"] = "p", ["Maxwell"] = "p", ["Frechet"] = "pp", ["InverseGamma"] = "pp", ["LogLogistic"] = "pp", ["Lomax"] = "pp", ["Pareto"] = "pp",
        ["Levy"] = "rp", ["Chi2"] = "p", ["Erlang"] = "ep", ["FisherSnedecor"] = "pp", ["InverseGaussian"] = "pp", ["Kumaraswamy"] = "pp",
        ["LogitNormal"] = "rp", ["ContinuousBernoulliFromProbs"] = "u", ["ContinuousBernoulliFromLogits"] = "r", ["LogUniform"] = "pH",
        ["Triangular"] = "rHM", ["TruncatedNormal"] = "rprH", ["TruncatedNormalAbove"] = "rpr", ["VonMises"] = "rp", ["BernoulliFromProbs"] = "u",
        ["BernoulliFromLogits"] = "r", ["CategoricalFromProbs"] = "uuu", ["CategoricalFromLogits"] = "rrr", ["Poisson"] = "p", ["Binomial"] = "cu",
        ["Geometric"] = "u", ["NegativeBinomial"] = "pu", ["BetaBinomial"] = "spp", ["DiscreteUniform"] = "cC", ["Logarithmic"] = "u", ["Skellam"] = "PP",
        ["ZeroInflatedPoisson"] = "up", ["HurdleNegativeBinomial"] = "upu", ["MixtureOfNormals"] = "llrrPP", ["MixtureOfGammas"] = "llPPPP",
        ["MixtureOfPoissons"] = "llPP", ["PredictiveMixtureOfStudentTs"] = "PrP", ["PredictiveMixtureOfUniforms"] = "lP",
        ["PredictiveMixtureOfMixtures"] = "llrrPP", ["TransformedAffine"] = "rPr", ["TransformedExp"] = "lPP",
        ["GeneralizedPareto"] = "rpr", ["GeneralizedExtremeValue"] = "rpr", ["Gompertz"] = "pp", ["SinhArcsinh"] = "rprp", ["HalfStudentT"] = "pp", ["PowerLaw"] = "rpH",
        ["BetaNegativeBinomial"] = "PPP", ["Delta"] = "r", ["Empirical"] = "rrrrllll", ["HistogramFromProbs"] = "rHHHuuu", ["HistogramFromLogits"] = "rHHHlll",
        ["KernelDensity"] = "rrrrp", ["MixtureOfOtherFamilies"] = "rp", ["FoldedNormal"] = "rp", ["QuantizedGamma"] = "pp",
        ["QuantizedLogisticBetweenBounds"] = "rp",
    };

    private static int Pairs => int.Parse(Environment.GetEnvironmentVariable("PROBNET_FUZZ_PAIRS") ?? "2000", CultureInfo.InvariantCulture);

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void LogProb_OfRandomPairs_AndItsGradientAreNotNaN(string name)
    {
        Family family = Families.Get(name);
        for (int done = 0; done < Pairs; done += Chunk)
        {
            int count = Math.Min(Chunk, Pairs - done);
            foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
            {
                RandomKey key = RandomKey.FromSeed(2026).FoldIn((ulong)done);
                (Tensor[] parameters, Tensor values) = Draw(family, key, count, dtype);
                (Tensor log, Tensor[] gradients) = Gradients(family, parameters, values);
                AssertNoNaN($"{name} {dtype}: LogProb", log, parameters, values);
                for (int i = 0; i < gradients.Length; i++)
                {
                    AssertNoNaN($"{name} {dtype}: derivative {i}", gradients[i], parameters, values);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void OtherMethods_OfRandomPairs_AreNotNaN(string name)
    {
        Family family = Families.Get(name);
        int count = Math.Max(100, Pairs / 100);
        (Tensor[] parameters, Tensor values) = Draw(family, RandomKey.FromSeed(7), count, DType.Float64);
        Univariate d = family.Create(parameters);
        (string Name, Func<Tensor> Of)[] methods =
        [
            ("Sample", () => d.Sample(RandomKey.FromSeed(3))), ("Cdf", () => d.Cdf(values)), ("LogCdf", () => d.LogCdf(values)),
            ("Survival", () => d.Survival(values)), ("LogSurvival", () => d.LogSurvival(values)), ("Mode", () => d.Mode),
            ("Quantile", () => d.Quantile(RandomKey.FromSeed(5).Uniform([count], DType.Float64))),
        ];
        foreach ((string method, Func<Tensor> of) in methods)
        {
            AssertNoNaN($"{name}: {method}", of(), parameters, values);
        }
    }

    private static (Tensor Log, Tensor[] Gradients) Gradients(Family family, Tensor[] parameters, Tensor values)
    {
        Tensor log = family.Create(parameters).LogProb(values);
        Tensor[] inputs = family.Batch().Measure == Measure.Counting ? parameters : [.. parameters, values];
        Tensor[] gradients = Gradient.ValueAndGradient(
            all => family.Create(all[..parameters.Length]).LogProb(all.Length > parameters.Length ? all[^1] : values).Sum(), inputs).Gradients;
        return (log, gradients);
    }

    private static void AssertNoNaN(string what, Tensor x, Tensor[] parameters, Tensor values)
    {
        int at = Array.FindIndex(x.ToDoubles(), double.IsNaN);
        Assert.True(at < 0, at < 0 ? "" : FormattableString.Invariant(
            $"{what} is NaN for {string.Join(", ", parameters.Select(p => p.ToDoubles()[at].ToString("R", CultureInfo.InvariantCulture)))} at {values.ToDoubles()[at]:R}"));
    }

    private static (Tensor[] Parameters, Tensor Values) Draw(Family family, RandomKey key, int count, DType dtype)
    {
        // A family that is not listed takes the parameters of its rows in the table.
        double[][] rows = [.. family.Points, .. family.Extremes];
        string kinds = Kinds.GetValueOrDefault(family.Name) ?? new string(' ', rows[0].Length);
        var parameters = new double[kinds.Length][];
        for (int i = 0; i < kinds.Length; i++)
        {
            double[] u = Uniform(key.FoldIn((ulong)(10 + i)), count), v = Uniform(key.FoldIn((ulong)(50 + i)), count);
            parameters[i] = new double[count];
            for (int j = 0; j < count; j++)
            {
                parameters[i][j] = kinds[i] == ' '
                    ? rows[j % rows.Length][i]
                    : Parameter(kinds[i], u[j], v[j], i > 0 ? parameters[i - 1][j] : 0, i > 1 ? parameters[i - 2][j] : 0, dtype);
            }
        }

        Tensor[] all = Array.ConvertAll(parameters, p => Tensor.From(p).Cast(dtype));
        double[] sample = family.Create(all).Sample(key.FoldIn(1)).ToDoubles(), choice = Uniform(key.FoldIn(2), count), size = Uniform(key.FoldIn(3), count);
        for (int j = 0; j < count; j++)
        {
            double real = Parameter('r', choice[j], size[j], 0, 0, dtype);
            sample[j] = ((int)(choice[j] * 1000) % 10) switch
            {
                0 => real,
                1 => Math.Abs(real),
                2 => size[j],
                3 => size[j] < 0.3 ? 0 : size[j] < 0.6 ? 1 : Math.Floor(Math.Abs(real)),
                4 => sample[j] * (1 + (1e-6 * size[j])),
                5 => parameters[(int)(size[j] * parameters.Length)][j],
                _ => sample[j],
            };

            // Beyond, the ratio to a scale or its inverse, which is a derivative, may leave the range of the type.
            double most = dtype == DType.Float64 ? 1e280 : 1e26, distance = Math.Abs(sample[j]);
            sample[j] = distance < 1 / most ? 0 : distance < double.PositiveInfinity ? Math.Clamp(sample[j], -most, most) : sample[j];
        }

        return (all, Tensor.From(sample).Cast(dtype));
    }

    private static double Parameter(char kind, double u, double v, double before, double first, DType dtype)
    {
        double range = dtype == DType.Float64 ? 12 : 8;
        double wide = Math.Pow(10, range * ((2 * v) - 1)), near = Math.Pow(10, (4 * v) - 2), positive = u < 0.5 ? near : wide;
        double probability = 1 / (1 + Math.Exp(-Math.Clamp((u < 0.5 ? 6 : 60) * ((2 * v) - 1), -80, dtype == DType.Float64 ? 30 : 14)));
        return kind switch
        {
            'r' => (u * 100 % 2 < 1 ? -1 : 1) * positive,
            'p' => positive,
            'P' => near,
            'u' => probability,
            'c' => Math.Floor(u < 0.5 ? near : Math.Pow(10, 6 * v)),
            'e' => 1 + Math.Floor(u < 0.5 ? near : Math.Pow(10, 6 * v)),
            'C' => before + Math.Floor(near),
            's' => Math.Floor(40 * v),
            'l' => 20 * ((2 * v) - 1),
            'H' => before + Math.Max(positive, 1e-3 * Math.Abs(before)),
            _ => first + (v * (before - first)),
        };
    }

    private static double[] Uniform(RandomKey key, int count) => key.UniformOpen([count], DType.Float64).ToDoubles();
}
