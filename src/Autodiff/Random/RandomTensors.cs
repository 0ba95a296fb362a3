namespace ProbNet.Autodiff;

/// <summary>Tensors of random numbers drawn from a key. The same key, shape and type give the same numbers; no gradient flows.</summary>
public static class RandomTensors
{
    /// <summary>Uniform on [0, 1).</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="dtype">Its floating-point type.</param>
    public static Tensor Uniform(this RandomKey key, Shape shape, DType dtype = DType.Float32) => Draw(RandomDraw.Kind.Uniform, key, shape, dtype);

    /// <summary>Uniform on (0, 1): never exactly 0 or 1.</summary>
    /// <inheritdoc cref="Uniform"/>
    public static Tensor UniformOpen(this RandomKey key, Shape shape, DType dtype = DType.Float32) =>
        Draw(RandomDraw.Kind.UniformOpen, key, shape, dtype);

    /// <summary>Standard normal: mean 0, variance 1.</summary>
    /// <inheritdoc cref="Uniform"/>
    public static Tensor Normal(this RandomKey key, Shape shape, DType dtype = DType.Float32) => Draw(RandomDraw.Kind.Normal, key, shape, dtype);

    /// <summary>Exponential with rate 1.</summary>
    /// <inheritdoc cref="Uniform"/>
    public static Tensor Exponential(this RandomKey key, Shape shape, DType dtype = DType.Float32) =>
        Draw(RandomDraw.Kind.Exponential, key, shape, dtype);

    /// <summary>Standard Gumbel: −ln(−ln U).</summary>
    /// <inheritdoc cref="Uniform"/>
    public static Tensor Gumbel(this RandomKey key, Shape shape, DType dtype = DType.Float32) => Draw(RandomDraw.Kind.Gumbel, key, shape, dtype);

    /// <summary>ln X for X ~ Gamma(concentration, rate 1): finite also where X itself would underflow.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="concentration">The concentrations, of a floating-point type; NaN where negative, NaN or infinite.</param>
    /// <param name="shape">How many draws of each.</param>
    /// <returns>Shape <paramref name="shape"/> + that of the concentration.</returns>
    public static Tensor LogGamma(this RandomKey key, Tensor concentration, Shape shape = default) =>
        new RandomVariate(RandomVariate.Kind.LogGamma, key, shape).Draw(key, concentration);

    /// <summary>Poisson counts, as floating-point numbers.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="rate">The rates, of a floating-point type; NaN where negative, NaN or infinite.</param>
    /// <param name="shape">How many draws of each.</param>
    /// <returns>Shape <paramref name="shape"/> + that of the rate.</returns>
    public static Tensor Poisson(this RandomKey key, Tensor rate, Shape shape = default) =>
        new RandomVariate(RandomVariate.Kind.Poisson, key, shape).Draw(key, rate);

    /// <summary>Binomial counts, as floating-point numbers.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="count">How many trials, of a floating-point type, broadcast against the probabilities.</param>
    /// <param name="probs">The probability of success; NaN where a parameter is out of its range.</param>
    /// <param name="shape">How many draws of each.</param>
    /// <returns>Shape <paramref name="shape"/> + that of the parameters.</returns>
    public static Tensor Binomial(this RandomKey key, Tensor count, Tensor probs, Shape shape = default)
    {
        Shape all = Shape.Broadcast(count.Shape, probs.Shape, nameof(Binomial));
        return new RandomVariate(RandomVariate.Kind.Binomial, key, shape).Draw(key, count.BroadcastTo(all), probs.BroadcastTo(all));
    }

    /// <summary>Angles in [−π, π] from the von Mises distribution around 0.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="concentration">The concentrations, of a floating-point type; NaN where not above 0 or infinite.</param>
    /// <param name="shape">How many draws of each.</param>
    /// <returns>Shape <paramref name="shape"/> + that of the concentration.</returns>
    public static Tensor VonMises(this RandomKey key, Tensor concentration, Shape shape = default) =>
        new RandomVariate(RandomVariate.Kind.VonMises, key, shape).Draw(key, concentration);

    /// <summary>Integers with low ≤ n &lt; high, each equally probable, of type Int64.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="low">The smallest.</param>
    /// <param name="high">One above the largest.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such integer.</exception>
    public static Tensor Integers(this RandomKey key, long low, long high, Shape shape) => high > low
        ? new RandomIntegers(key, shape, low, high).Draw(key)
        : throw new ArgumentOutOfRangeException(nameof(high), high, FormattableString.Invariant($"Integers: high is {high} and low is {low}; high must be larger."));

    /// <summary>The numbers 0 to n − 1 in random order, each order equally probable, of type Int64.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="n">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static Tensor Permutation(this RandomKey key, int n) => n >= 0
        ? new RandomPermutation(key, n).Draw(key)
        : throw new ArgumentOutOfRangeException(nameof(n), n, FormattableString.Invariant($"Permutation: n is {n}; it must not be negative."));

    private static Tensor Draw(RandomDraw.Kind kind, RandomKey key, Shape shape, DType dtype) => dtype.IsFloating()
        ? new RandomDraw(kind, key, shape, dtype).Draw(key)
        : throw new DTypeException($"{kind}: random numbers of type {dtype} were asked for; they are of a floating-point type: use Integers for whole numbers.");
}
