using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>
/// A distribution in the plane that can be drawn from and whose density is known: the generators of FFJORD (Grathwohl et al. 2019), with the formulas of what they generate.
/// </summary>
public abstract class ToyDensity
{
    public static IReadOnlyDictionary<string, ToyDensity> All { get; } = new ToyDensity[]
    {
        new Moons(), new Checkerboard(), new Circles("rings", [3, 2.25, 1.5, 0.75], 0.08), new EightGaussians(), new Circles("circles", [3, 1.5], 0.24),
    }.ToDictionary(toy => toy.Name);

    public abstract string Name { get; }

    /// <summary>The corners of a picture: x and y from −Extent to Extent.</summary>
    public virtual double Extent => 4.2;

    /// <summary>Points [count, 2].</summary>
    public abstract Tensor Sample(RandomKey key, int count);

    /// <summary>The exact log density, [n], of points [n, 2] in Float64; −∞ where there is none.</summary>
    public abstract Tensor LogDensity(Tensor points);

    /// <summary>Which of some parts each point comes from, [count] in Float64.</summary>
    protected static Tensor Part(RandomKey key, int count, int parts) => (parts * key.Uniform([count], DType.Float64)).Floor().Clip(0, parts - 1);

    protected static Tensor LogNormal(Tensor squaredDistance, double scale) =>
        (squaredDistance / (-2 * scale * scale)) - Math.Log(2 * Math.PI * scale * scale);

    /// <summary>|x − c|², [n, k], of points [n, 2] and centres [k, 2].</summary>
    protected static Tensor SquaredDistances(Tensor points, Tensor centers) => (points.Unsqueeze(1) - centers).Square().Sum(-1);
}
