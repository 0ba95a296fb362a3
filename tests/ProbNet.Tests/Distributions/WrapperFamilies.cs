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
    ];
}
