using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>How the first values of a weight matrix [fanIn, fanOut] are drawn.</summary>
public abstract class Initializer
{
    /// <summary>Uniform with variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotUniform { get; } = new VarianceScaling("glorot_uniform", 1, FanMode.Average, isUniform: true);

    /// <summary>Normal with variance 2 / (fanIn + fanOut) (Glorot and Bengio 2010).</summary>
    public static Initializer GlorotNormal { get; } = new VarianceScaling("glorot_normal", 1, FanMode.Average, isUniform: false);

    /// <summary>Uniform with variance 2 / fanIn (He et al. 2015).</summary>
    public static Initializer HeUniform { get; } = new VarianceScaling("he_uniform", 2, FanMode.In, isUniform: true);

    /// <summary>Normal with variance 2 / fanIn (He et al. 2015).</summary>
    public static Initializer HeNormal { get; } = new VarianceScaling("he_normal", 2, FanMode.In, isUniform: false);

    /// <summary>Uniform with variance 1 / fanIn (LeCun et al. 1998).</summary>
    public static Initializer LeCunUniform { get; } = new VarianceScaling("lecun_uniform", 1, FanMode.In, isUniform: true);

    /// <summary>Normal with variance 1 / fanIn (LeCun et al. 1998).</summary>
    public static Initializer LeCunNormal { get; } = new VarianceScaling("lecun_normal", 1, FanMode.In, isUniform: false);

    /// <summary>All zeros.</summary>
    public static Initializer Zeros { get; } = Constant(0);

    /// <summary>The same value everywhere.</summary>
    public static Initializer Constant(double value) => new ConstantInitializer(value);

    /// <summary>Normal with mean 0 and a given standard deviation.</summary>
    /// <param name="stdDev">The standard deviation; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not finite.</exception>
    public static Initializer RandomNormal(double stdDev = 0.05) => new RandomInitializer(stdDev, isUniform: false);

    /// <summary>Uniform between −limit and limit.</summary>
    /// <param name="limit">The largest magnitude; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or not finite.</exception>
    public static Initializer RandomUniform(double limit = 0.05) => new RandomInitializer(limit, isUniform: true);

    /// <summary>
    /// A matrix with orthonormal rows or columns, whichever are fewer, times a gain: it keeps the length of signals (Saxe, McClelland and Ganguli 2014).
    /// </summary>
    /// <param name="gain">The length of each row or column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not finite.</exception>
    public static Initializer Orthogonal(double gain = 1) => new OrthogonalInitializer(gain);

    /// <summary>The kind of initializer, as listed and saved.</summary>
    public abstract string Name { get; }

    /// <summary>The settings from which <see cref="LayerRegistry"/> makes the same initializer again.</summary>
    public virtual LayerDescription Describe() => new(Name);

    /// <summary>Draws the first values.</summary>
    /// <param name="shape">The shape of the weights; the last axis is the fan-out, the others multiply to the fan-in.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="dtype">The type of the weights.</param>
    public abstract Tensor Create(Shape shape, RandomKey key, DType dtype);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Fan-in and fan-out of weights.</summary>
    internal static (int In, int Out) Fans(Shape shape) => shape.Rank == 0 ? (1, 1) : (shape[..^1].Size, shape[-1]);
}
