using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>
/// The simulated data: y follows sin x, with noise that grows up to x = 3, two branches from there to x = 6, and heavy-tailed noise from there to x = 9. Beyond,
/// nothing is measured.
/// </summary>
internal static class Truth
{
    /// <summary>The end of the data.</summary>
    public const double Last = 9;

    /// <summary>The end of the pictures.</summary>
    public const double Drawn = 16;

    private const double BranchesStart = 3;
    private const double TailsStart = 6;
    private const double Upper = 0.6;
    private const double Distance = 0.9;

    /// <summary>The parts that are scored by themselves.</summary>
    public static IReadOnlyList<(string Id, string Name, double From, double To)> Parts { get; } =
        [("noise", "noise that grows", 0, BranchesStart), ("branches", "two branches", BranchesStart, TailsStart), ("tails", "heavy tails", TailsStart, Last)];

    /// <summary>Examples x and y, [n] each.</summary>
    public static (Tensor X, Tensor Y) Sample(int n, RandomKey key)
    {
        Tensor x = Last * key.FoldIn(0).Uniform([n], DType.Float64);
        Tensor noise = Noise(x).Sample(key.FoldIn(1)), tails = Tails(x).Sample(key.FoldIn(2)), branches = Branches(x).Sample(key.FoldIn(3));
        return (x, Tensor.Where(x < BranchesStart, noise, Tensor.Where(x < TailsStart, branches, tails)));
    }

    /// <summary>ln p(y | x).</summary>
    public static Tensor LogProb(Tensor x, Tensor y) => Tensor.Where(
        x < BranchesStart, Noise(x).LogProb(y), Tensor.Where(x < TailsStart, Branches(x).LogProb(y), Tails(x).LogProb(y)));

    private static Normal Noise(Tensor x) => new(x.Sin(), 0.05 + (0.1 * x));

    private static Mixture<Normal> Branches(Tensor x)
    {
        Tensor locs = x.Sin().Unsqueeze(-1) + Tensor.From(Distance, -Distance);
        return new(Tensor.From(Upper, 1 - Upper).Log(), new Normal(locs, Tensor.Full(locs.Shape, 0.12, DType.Float64)));
    }

    private static StudentT Tails(Tensor x) => new(Tensor.Full(x.Shape, 2.5, DType.Float64), x.Sin(), Tensor.Full(x.Shape, 0.12, DType.Float64));
}
