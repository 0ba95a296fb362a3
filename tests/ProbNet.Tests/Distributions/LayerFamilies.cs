using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Distributions;

/// <summary>Entries of the table of one-dimensional families: what only heads predict.</summary>
public static class LayerFamilies
{
    public static IReadOnlyList<Family> All { get; } =
    [
        // Logits are the logarithms of the masses of the lower tail, the bins and the upper tail.
        new("PiecewiseUniform", p => new PiecewiseUniform(Tensor.Stack(p[..4], -1), Tensor.Stack(p[4..], -1)),
            [[-1, 0, 0.5, 2.5, .. Logs(0.1, 0.2, 0.3, 0.25, 0.15)], [3, 4, 7, 8, .. Logs(0.15, 0.25, 0.2, 0.3, 0.1)], [-20, -18, -15, -11, .. Logs(0.1, 0.1, 0.4, 0.3, 0.1)]])
        {
            Extremes = [[0, 1e-20, 1, 1e20, 0, 0, 0, 0, 0], [0, 1, 2, 3, -80, 80, 0, 0, -80]], Far = [-300, -50, 50, 300],
            Outside = [double.NegativeInfinity, double.PositiveInfinity], Smooth = [0.05, 0.25, 0.5, 0.75, 0.95], MovingSupport = true,
        },
    ];

    private static double[] Logs(params double[] masses) => Array.ConvertAll(masses, Math.Log);
}
