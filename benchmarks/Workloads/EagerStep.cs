using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>A training step whose operations run one by one, as they are called.</summary>
/// <param name="workload">What is trained.</param>
public sealed class EagerStep(Workload workload) : ITrainingStep
{
    private readonly Adam _adam = new(1e-3);
    private readonly IReadOnlyList<Parameter> _parameters = workload.Parameters;
    private ulong _count;

    /// <inheritdoc/>
    public string Mode => "eager";

    /// <inheritdoc/>
    public double Run()
    {
        RandomKey key = Workload.NoiseKey.FoldIn(_count++);
        (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => workload.Loss(workload.Inputs, workload.Draw(key)), _parameters);
        _adam.Step(_parameters, gradients);
        return loss.ToScalar();
    }
}
