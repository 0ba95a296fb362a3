using System.Globalization;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Random parameters of a family, extreme ones too, with a value each.</summary>
/// <param name="Family">The family.</param>
/// <param name="Parameters">One tensor a parameter, [pairs].</param>
/// <param name="Values">[pairs].</param>
public sealed record FuzzPairs(Family Family, Tensor[] Parameters, Tensor Values)
{
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
        ["QuantizedLogisticBetweenBounds"] = "rp", ["RelaxedBernoulli"] = "pr", ["TruncatedOfNormal"] = "rPrH", ["TruncatedGammaFromBelow"] = "PPP", ["TruncatedPoisson"] = "P",
        ["CensoredNormal"] = "rprH", ["CensoredPoisson"] = "p",
    };

    // Its logarithms must be those of shares that add up to 1: it takes the parameters of its rows in the table.
    private const string TableOnly = "PiecewiseUniform";

    // Families that refuse parameters which leave no probability; those of the table take their place.
    private static readonly string[] Refusing = ["TruncatedOfNormal", "TruncatedGammaFromBelow"];

    /// <summary>PROBNET_FUZZ_PAIRS, the number of pairs of a family for its log density; the other methods take a hundredth of it.</summary>
    public static int Count => int.Parse(Environment.GetEnvironmentVariable("PROBNET_FUZZ_PAIRS") ?? "2000", CultureInfo.InvariantCulture);

    /// <summary>Whether a size was asked for.</summary>
    public static bool IsThorough => Environment.GetEnvironmentVariable("PROBNET_FUZZ_PAIRS") is not null;

    /// <summary>Whether a family has a place in the fuzz.</summary>
    public static bool Knows(string name) => Kinds.ContainsKey(name) || name == TableOnly;

    public static FuzzPairs Draw(Family family, RandomKey key, int count, DType dtype)
    {
        double[][] rows = family.Points;
        string kinds = Kinds.GetValueOrDefault(family.Name) ?? new string(' ', rows[0].Length);
        var parameters = new double[kinds.Length][];
        for (int i = 0; i < kinds.Length; i++)
        {
            double[] u = Uniform(key.FoldIn((ulong)(10 + i)), count), v = Uniform(key.FoldIn((ulong)(50 + i)), count);
            parameters[i] = new double[count];
            for (int j = 0; j < count; j++)
            {
                parameters[i][j] = kinds[i] == ' ' ? rows[j % rows.Length][i]
                    : Parameter(kinds[i], u[j], v[j], i > 0 ? parameters[i - 1][j] : 0, i > 1 ? parameters[i - 2][j] : 0, dtype);
            }
        }

        if (Refusing.Contains(family.Name))
        {
            Replace(family, parameters, dtype);
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

            // Beyond, the ratio to the square of a scale, which is a derivative, may leave the range of the type.
            double most = dtype == DType.Float64 ? 1e280 : 1e21, distance = Math.Abs(sample[j]);
            sample[j] = distance < 1 / most ? 0 : distance < double.PositiveInfinity ? Math.Clamp(sample[j], -most, most) : sample[j];
        }

        return new(family, all, Tensor.From(sample).Cast(dtype));
    }

    private static void Replace(Family family, double[][] parameters, DType dtype)
    {
        for (int j = 0; j < parameters[0].Length; j++)
        {
            try
            {
                family.Create(Array.ConvertAll(parameters, p => Tensor.Scalar(p[j], DType.Float64).Cast(dtype)));
            }
            catch (ArgumentException)
            {
                double[] row = family.Points[j % family.Points.Length];
                for (int i = 0; i < parameters.Length; i++)
                {
                    parameters[i][j] = row[i];
                }
            }
        }
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

    public Univariate Create() => Family.Create(Parameters);

    /// <summary>Fails if a derivative of a function of the distribution and the value is NaN; counts are not differentiated.</summary>
    public void AssertGradients(string what, Func<Univariate, Tensor, Tensor> function)
    {
        Tensor[] inputs = Family.Batch().Measure == Measure.Counting ? Parameters : [.. Parameters, Values];
        Tensor[] gradients = Gradient.ValueAndGradient(
            all => function(Family.Create(all[..Parameters.Length]), all.Length > Parameters.Length ? all[^1] : Values).Sum(), inputs).Gradients;
        for (int i = 0; i < gradients.Length; i++)
        {
            AssertNoNaN($"derivative {i} of {what}", gradients[i]);
        }
    }

    /// <summary>Fails, with the parameters and the value, if a number is NaN.</summary>
    public void AssertNoNaN(string what, Tensor x)
    {
        int at = Array.FindIndex(x.ToDoubles(), double.IsNaN);
        Assert.True(at < 0, at < 0 ? "" : FormattableString.Invariant(
            $"{Family.Name} {Values.DType}: {what} is NaN for {string.Join(", ", Parameters.Select(p => p.ToDoubles()[at].ToString("R", CultureInfo.InvariantCulture)))} at ")
            + FormattableString.Invariant($"{Values.ToDoubles()[at]:R}"));
    }
}
