using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Circles around the origin, each as probable as the others, with Normal noise.</summary>
/// <param name="name">Its name.</param>
/// <param name="radii">The radii.</param>
/// <param name="noise">The standard deviation of the noise in x and y.</param>
public sealed class Circles(string name, double[] radii, double noise) : ToyDensity
{
    public override string Name => name;

    public override Tensor Sample(RandomKey key, int count)
    {
        RandomKey[] keys = key.Split(3);
        Tensor radius = Tensor.From(radii).IndexSelect(0, Part(keys[0], count, radii.Length).Cast(DType.Int64));
        Tensor angle = 2 * Math.PI * keys[1].Uniform([count], DType.Float64);
        return Tensor.Stack([radius * angle.Cos(), radius * angle.Sin()], -1) + (noise * keys[2].Normal([count, 2], DType.Float64));
    }

    // Around one circle: exp(−(r² + R²)/2σ²)·I₀(rR/σ²)/2πσ², with I₀(z) = e^z·I₀ₑ(z).
    public override Tensor LogDensity(Tensor points)
    {
        Tensor r = points.Norm(2, -1).Unsqueeze(-1), circle = Tensor.From(radii);
        return (LogNormal((r - circle).Square(), noise) + (r * circle / (noise * noise)).BesselI0e().Log()).LogSumExp(-1) - Math.Log(radii.Length);
    }
}
