using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What the fuzz asks of every family beside its log density.</summary>
public static class FuzzMethods
{
    public static IReadOnlyList<FuzzMethod> All { get; } =
    [
        Value("Sample", (d, _) => d.Sample(RandomKey.FromSeed(3))),
        Value("Cdf", (d, x) => d.Cdf(x)),
        Value("LogCdf", (d, x) => d.LogCdf(x)),
        Value("Survival", (d, x) => d.Survival(x)),
        Value("LogSurvival", (d, x) => d.LogSurvival(x)),
        Value("Quantile", (d, x) => d.Quantile(RandomKey.FromSeed(5).Uniform(x.Shape, d.DType))),
        Value("Mode", (d, _) => d.Mode) with { IsIntegral = true },
        Slope("Cdf", (d, x) => d.Cdf(x)),
        Slope("LogCdf", (d, x) => d.LogCdf(x)),
        Slope("Survival", (d, x) => d.Survival(x)),
        Slope("LogSurvival", (d, x) => d.LogSurvival(x)),
        Slope("RSample", (d, _) => d.AsReparameterized()?.RSample(RandomKey.FromSeed(3)) ?? Tensor.Zeros([1], d.DType)),
        new("Mean", pairs => pairs.AssertNoNaN("Mean", Defined(pairs, pairs.Create().Mean())), IsIntegral: true),
        new("Variance", pairs => pairs.AssertNoNaN("Variance", Defined(pairs, pairs.Create().Variance())), IsIntegral: true),
        Value("Entropy", (d, _) => d.Entropy()) with { IsIntegral = true },
        Value("Crps", (d, x) => d.Crps(x)) with { IsIntegral = true },
    ];

    // Moments that do not exist are NaN: of labels, of Cauchy's distribution, and of Student's up to one degree of freedom.
    private static Tensor Defined(FuzzPairs pairs, Tensor moment) => pairs.Family.Name switch
    {
        "Cauchy" or "CategoricalFromProbs" or "CategoricalFromLogits" => Tensor.ZerosLike(moment),
        "StudentT" or "PredictiveMixtureOfStudentTs" => Tensor.Where(pairs.Parameters[0] > 1, moment, 0.0),
        _ => moment,
    };

    private static FuzzMethod Value(string name, Func<Univariate, Tensor, Tensor> of) => new(name, pairs => pairs.AssertNoNaN(name, of(pairs.Create(), pairs.Values)));

    private static FuzzMethod Slope(string name, Func<Univariate, Tensor, Tensor> of) => new($"gradient of {name}", pairs => pairs.AssertGradients(name, of));
}
