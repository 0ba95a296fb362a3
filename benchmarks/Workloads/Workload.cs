using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// A model, one fixed batch of synthetic data and a loss: what a training step of the benchmark works on. Data and weights come from fixed keys, so
/// that every instance is the same; <see cref="WorkloadFile"/> hands them to other frameworks.
/// </summary>
public abstract class Workload
{
    /// <summary>The key of the data of all workloads.</summary>
    protected static readonly RandomKey DataKey = RandomKey.FromSeed(31);

    /// <summary>The key of the initial weights of all workloads.</summary>
    protected static readonly RandomKey WeightKey = RandomKey.FromSeed(32);

    /// <summary>The key whose children, one a step, draw what <see cref="Draw"/> draws.</summary>
    public static RandomKey NoiseKey { get; } = RandomKey.FromSeed(33);

    /// <summary>The name by which it is chosen and reported, such as mdn-32.</summary>
    public abstract string Id { get; }

    /// <summary>What is trained.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The batch.</summary>
    public abstract Tensor[] Inputs { get; }

    /// <summary>The matrix products of the forward pass.</summary>
    public abstract IEnumerable<Product> Products { get; }

    /// <summary>Whether a step draws random numbers.</summary>
    public virtual bool IsRandom => false;

    /// <summary>Floating-point operations in matrix products of a step, forward and backward; the elementwise work is not counted.</summary>
    public long Operations => Products.Sum(product => product.Operations);

    /// <summary>Bytes that Adam's update reads and writes in a step: of each weight its value and two moments, both ways, and its gradient.</summary>
    public long UpdateBytes => Parameters.Sum(parameter => 7 * parameter.Value.Size * (long)parameter.Value.DType.ByteSize());

    /// <summary>The random numbers of a step; none if <see cref="IsRandom"/> is false.</summary>
    /// <param name="key">The key of the step.</param>
    public virtual Tensor[] Draw(RandomKey key) => [];

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="inputs">As <see cref="Inputs"/>.</param>
    /// <param name="noise">As <see cref="Draw"/>.</param>
    public abstract Tensor Loss(Tensor[] inputs, Tensor[] noise);

    /// <summary>Noisy points of two crescents, [n, 2].</summary>
    private protected static Tensor Crescents(int count)
    {
        Tensor angle = Math.PI * DataKey.FoldIn(3).Uniform([count]);
        Tensor side = 2 * Tensor.Arange(count).Remainder(2).Cast(DType.Float32) - 1;
        Tensor noise = 0.1 * DataKey.FoldIn(4).Normal([count, 2]);
        return Tensor.Stack([(side * angle.Cos()) - (0.5 * side), (side * angle.Sin()) - (0.25 * side)], axis: 1) + noise;
    }
}
