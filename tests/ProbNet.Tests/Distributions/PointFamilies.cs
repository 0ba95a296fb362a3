using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Entries of the table of one-dimensional families: those that are made of observations, and a count with a heavy tail.</summary>
public static class PointFamilies
{
    private static readonly double[] Infinities = [double.NegativeInfinity, double.PositiveInfinity];

    public static IReadOnlyList<Family> All { get; } =
    [
        new("BetaNegativeBinomial", p => new BetaNegativeBinomial(p[0], p[1], p[2]), [[2, 3, 14], [0.7, 1.2, 20], [5, 8, 30]])
        {
            Extremes = [[1e-2, 0.5, 0.5], [1e5, 1e3, 1e3], [3, 1e-3, 10], [0.01, 0.01, 0.01]], Far = [0, 1, 1000, 1e6], Outside = [-1, 0.5, double.PositiveInfinity],
        },
        new("Delta", p => new Delta(p[0]), [[0], [3], [7]]) { Extremes = [[-1e30], [1e-30]], Outside = [-1, 0.5, double.PositiveInfinity], Fixed = [0] },
        new("Empirical", p => new Empirical(Tensor.Stack(p[..4], -1), Tensor.Stack(p[4..], -1)),
            [[3, 1, 2, 9, 0, 0.5, -1, 0.3], [2, 7, 2, 4, 1, 0, 0, 2], [0, 1, 5, 2, -1, 1, 0, 1]])
        {
            Extremes = [[1e30, -1e30, 0, 1e-30, -700, 0, 700, 0]], Outside = [-1, 0.5, 6, double.PositiveInfinity], Fixed = [0, 1, 2, 3],
        },
        new("HistogramFromProbs", p => Histogram.FromProbs(Tensor.Stack(p[..4], -1), Tensor.Stack(p[4..], -1)),
            [[0, 1, 3, 4, 0.2, 0.5, 0.3], [-2, 0, 0.5, 3, 1, 2, 5], [10, 20, 21, 22, 1, 0.1, 0.5]])
        {
            Extremes = [[0, 1e-30, 1, 1e30, 1, 1e-30, 1], [0, 1, 2, 3, 1, 0, 1]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("HistogramFromLogits", p => Histogram.FromLogits(Tensor.Stack(p[..4], -1), Tensor.Stack(p[4..], -1)),
            [[0, 1, 3, 4, 0.2, -0.5, 0.3], [-2, 0, 0.5, 3, 1, 2, 1.5]])
        {
            Extremes = [[0, 1e-30, 1, 1e30, -80, 80, 0]], Outside = [-1e9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
        new("KernelDensity", p => new KernelDensity(Tensor.Stack(p[..4], -1), p[4]), [[0, 1, 2.5, -1, 0.6], [-3, -3, -2, 0.4, 0.5], [20, 30, 27, 25, 3]])
        {
            Extremes = [[0, 1, 2, 3, 1e-10], [1e20, 1, 0, 0, 1], [0, 1, 2, 3, 1e20]], Far = [-1e30, -1e6, -50, 50, 1e6, 1e30], Outside = Infinities,
        },
    ];
}
