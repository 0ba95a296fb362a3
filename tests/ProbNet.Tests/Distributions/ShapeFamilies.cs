using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The part of the table of families whose shape parameters take them through other families.</summary>
public static class ShapeFamilies
{
    private static readonly double[] Infinities = [double.NegativeInfinity, double.PositiveInfinity];
    private static readonly double[] Negatives = [-1, -1e-300, double.PositiveInfinity];

    public static IReadOnlyList<Family> All { get; } =
    [
        new("GeneralizedPareto", p => new GeneralizedPareto(p[0], p[1], p[2]), [[0, 1, 0.15], [-3, 0.4, 1e-9], [20, 7, -0.3]])
        {
            Extremes = [[0, 1e-20, 2], [1e10, 1, -0.5], [0, 1, 50], [0, 1, -50], [0, 1, 0], [0, 1, -1]], Far = [20, 20.000001, 30, 43.3],
            Outside = [-4, double.NegativeInfinity, double.PositiveInfinity], MovingSupport = true,
        },
        new("GeneralizedExtremeValue", p => new GeneralizedExtremeValue(p[0], p[1], p[2]), [[0, 1, 0.15], [-3, 0.4, 1e-9], [20, 7, -0.3]])
        {
            Extremes = [[0, 1e-20, 2], [1e10, 1, -0.5], [0, 1, 50], [0, 1, -50], [0, 1, 0], [0, 1, -1]], Far = [-5, 20, 30, 43.3],
            Outside = Infinities, MovingSupport = true,
        },
        new("Gompertz", p => new Gompertz(p[0], p[1]), [[1.5, 1], [0.02, 3], [0.4, 0.1]])
        {
            Extremes = [[1e-20, 1], [1e20, 1], [1, 1e-20], [1, 1e20]], Far = [0, 1e-300, 1e-3, 50], Outside = Negatives,
        },
        new("SinhArcsinh", p => new SinhArcsinh(p[0], p[1], p[2], p[3]), [[0, 1, 0, 1], [-3, 0.4, 0.3, 1.3], [20, 7, -0.5, 0.7]])
        {
            Extremes = [[0, 1e-20, 0, 1], [0, 1, 0, 0.01], [0, 1, 0, 10], [1e10, 1, 5, 1], [0, 1, -5, 2]], Far = [-1e4, -50, 50, 1e4], Outside = Infinities,
        },
        new("HalfStudentT", p => new HalfStudentT(p[0], p[1]), [[5, 1], [9, 0.2], [30, 7]])
        {
            Extremes = [[0.05, 1], [1e8, 1], [1, 1e-20], [2.1, 1e20]], Far = [0, 1e-300, 1e-30, 1e-3, 50, 1e6, 1e200], Outside = Negatives,
        },
        new("PowerLaw", p => new PowerLaw(p[0], p[1], p[2]), [[-2.5, 1, 3], [-1, 0.2, 2], [1.5, 50, 60]])
        {
            Extremes = [[-3, 1e-30, 1e30], [2, 1, 1.000001], [1e4, 1, 2], [-1e4, 1, 2], [-1, 1e-12, 2e-12]],
            Outside = [-1, 0, 1e-9, 1e9, double.PositiveInfinity], MovingSupport = true,
        },
    ];
}
