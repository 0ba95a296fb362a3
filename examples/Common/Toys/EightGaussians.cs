using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Eight Normals on a circle of radius 4, of standard deviation ½, all divided by 1.414.</summary>
public sealed class EightGaussians : ToyDensity
{
    private const int Count = 8;
    private const double Unit = 1.414;

    public override string Name => "8gaussians";

    public override Tensor Sample(RandomKey key, int count)
    {
        (RandomKey part, RandomKey noise) = key.Split();
        return Centers(Part(part, count, Count)) + ((0.5 / Unit) * noise.Normal([count, 2], DType.Float64));
    }

    public override Tensor LogDensity(Tensor points) =>
        LogNormal(SquaredDistances(points, Centers(Tensor.Arange(Count, DType.Float64))), 0.5 / Unit).LogSumExp(-1) - Math.Log(Count);

    private static Tensor Centers(Tensor which)
    {
        Tensor angle = which * (2 * Math.PI / Count);
        return (4 / Unit) * Tensor.Stack([angle.Cos(), angle.Sin()], -1);
    }
}
