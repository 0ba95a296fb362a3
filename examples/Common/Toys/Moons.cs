using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Two half circles of radius 2, uniform in the angle, with Normal noise of 0.2.</summary>
public sealed class Moons : ToyDensity
{
    private const double Noise = 0.2;

    // The midpoint rule on each arc: its nodes are 0.013 apart, a fifteenth of the noise, at which the sum of Normals is the integral to rounding but at the ends.
    private const int Nodes = 500;

    // Rows evaluated together.
    private const int Rows = 1000;

    private static readonly Tensor s_centers = Arcs(
        Tensor.Concat([Tensor.Zeros([Nodes], DType.Float64), Tensor.Ones([Nodes], DType.Float64)]),
        Tensor.Concat([Midpoints, Midpoints]));

    public override string Name => "moons";

    private static Tensor Midpoints => Math.PI * (Tensor.Arange(Nodes, DType.Float64) + 0.5) / Nodes;

    public override Tensor Sample(RandomKey key, int count)
    {
        RandomKey[] keys = key.Split(3);
        return Arcs(Part(keys[0], count, 2), Math.PI * keys[1].Uniform([count], DType.Float64)) + (Noise * keys[2].Normal([count, 2], DType.Float64));
    }

    public override Tensor LogDensity(Tensor points)
    {
        var parts = new List<Tensor>();
        for (int start = 0; start < points.Shape[0]; start += Rows)
        {
            Tensor rows = points[start..Math.Min(points.Shape[0], start + Rows)];
            parts.Add(LogNormal(SquaredDistances(rows, s_centers), Noise).LogSumExp(-1) - Math.Log(2 * Nodes));
        }

        return Tensor.Concat(parts);
    }

    // scikit-learn's crescents, (cos t, sin t) and (1 − cos t, ½ − sin t), times 2 and moved by (−1, −0.2).
    private static Tensor Arcs(Tensor which, Tensor angle)
    {
        Tensor side = 1 - (2 * which);
        return Tensor.Stack([(2 * (which + (side * angle.Cos()))) - 1, (2 * ((0.5 * which) + (side * angle.Sin()))) - 0.2], -1);
    }
}
