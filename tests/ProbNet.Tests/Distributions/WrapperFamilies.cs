using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Entries of the table of one-dimensional families: relaxations, and distributions made of others.</summary>
public static class WrapperFamilies
{
    public static IReadOnlyList<Family> All { get; } =
    [
        new("RelaxedBernoulli", p => new RelaxedBernoulli(p[0], p[1]), [[0.9, 0.3], [2, -1], [1.5, 2]])
        {
            Extremes = [[0.05, 0], [50, 3], [1, -300]], Far = [1e-300, 1e-10, 0.999999999], Outside = [-1, 0, 1, 1.0000001, double.PositiveInfinity],
        },
        new("TruncatedOfNormal", p => new Truncated<Normal>(new Normal(p[0], p[1]), p[2], p[3]), [[0, 1, -0.5, 2], [-3, 0.4, -2.5, -2], [0, 2, -3, 1]])
        {
            Extremes = [[0, 1, 30, 40], [0, 1, -1e6, -1e5], [0, 1, 5, 5.000001]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("TruncatedGammaFromBelow", p => new Truncated<Gamma>(new Gamma(p[0], p[1]), p[2], double.PositiveInfinity), [[2, 1, 0.5], [3, 2, 4], [5, 0.5, 1]])
        {
            Extremes = [[2, 1, 700], [0.1, 1, 50]], Far = [50, 1e6], Outside = [-1, 0.1, double.PositiveInfinity], MovingSupport = true,
        },
        new("TruncatedPoisson", p => new Truncated<Poisson>(new Poisson(p[0]), 1.0, double.PositiveInfinity), [[0.5], [3], [12]])
        {
            Extremes = [[1e-10], [1e4]], Far = [1, 5, 1000], Outside = [-1, 0, 1.5, double.PositiveInfinity],
        },
        new("CensoredNormal", p => new Censored<Normal>(new Normal(p[0], p[1]), p[2], p[3]), [[0, 1, -1.75, 2], [-3, 0.5, -4, -2], [1, 0.75, -0.25, 2.5]])
        {
            Extremes = [[0, 1e-10, -1, 1], [0, 1e10, -1, 1]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("CensoredPoisson", p => new Censored<Poisson>(new Poisson(p[0]), 1.0, 8.0), [[2], [3], [5]])
        {
            Extremes = [[0.1], [20]], Far = [1, 5, 8], Outside = [-1, 0, 1.5, 9, double.PositiveInfinity],
        },
        new("QuantizedGamma", p => new Quantized<Gamma>(new Gamma(p[0], p[1])), [[2, 1], [5, 0.3], [9, 2]])
        {
            Extremes = [[2, 1e-4], [30, 50]], Far = [1, 5, 200], Outside = [-1, 1.5, double.PositiveInfinity],
        },
        new("QuantizedLogisticBetweenBounds", p => new Quantized<Logistic>(new Logistic(p[0], p[1]), 0, 255), [[3, 1], [100, 20], [250, 9]])
        {
            Extremes = [[128, 1e-3], [0, 1e4]], Far = [0, 5, 200, 255], Outside = [-1, 1.5, 256, double.PositiveInfinity],
        },
        new("FoldedNormal", p => new Folded<Normal>(new Normal(p[0], p[1])), [[0.5, 1], [-3, 1.4], [1, 2]])
        {
            Extremes = [[0, 1e-20], [50, 1], [0, 1e20]], Far = [1e-300, 1e-30, 1, 50], Outside = [-1, -1e-300, double.PositiveInfinity],
        },
        new("MixtureOfOtherFamilies", p => new PredictiveMixture<Univariate>([new Normal(p[0], p[1]), new Logistic(p[0] + 1, p[1])], Tensor.From(0.3, -0.4)),
            [[0, 1], [-3, 0.4], [2, 3]])
        {
            Extremes = [[0, 1e-20], [0, 1e20]], Far = [-50, 50, 1e6], Outside = [double.NegativeInfinity, double.PositiveInfinity],
        },
    ];
}
