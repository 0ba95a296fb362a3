using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Independent weights of mean 0 and variance gain / fan.</summary>
internal sealed class VarianceScaling(string name, double gain, FanMode mode, bool isUniform) : Initializer
{
    /// <summary>Of a last layer: the first prediction is nearly the same for all inputs, and what is added to it gives it the scale of the data.</summary>
    public static Initializer Small { get; } = new VarianceScaling("small", 0.01, FanMode.In, isUniform: false);

    public override string Name => name;

    public override Tensor Create(Shape shape, RandomKey key, DType dtype)
    {
        (int fanIn, int fanOut) = Fans(shape);
        double deviation = Math.Sqrt(gain / Math.Max(1, mode == FanMode.In ? fanIn : 0.5 * ((double)fanIn + fanOut)));
        return isUniform
            ? ((2 * key.Uniform(shape, dtype)) - 1) * (deviation * Math.Sqrt(3))
            : key.Normal(shape, dtype) * deviation;
    }
}
