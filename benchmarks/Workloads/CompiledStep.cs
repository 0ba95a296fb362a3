using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>A training step that is compiled once and replayed.</summary>
public sealed class CompiledStep : ITrainingStep
{
    private readonly Workload _workload;
    private readonly Graph _graph;
    private ulong _count;

    /// <summary>A step that has not been taken yet.</summary>
    /// <param name="workload">What is trained.</param>
    public CompiledStep(Workload workload)
    {
        _workload = workload;
        var adam = new Adam(1e-3);
        Tensor[] Step(Tensor[] inputs, Tensor[] noise)
        {
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => workload.Loss(inputs, noise), workload.Parameters);
            adam.Step(workload.Parameters, gradients);
            return [loss];
        }

        _graph = workload.IsRandom
            ? Graph.Compile((key, inputs) => Step(inputs, workload.Draw(key)))
            : Graph.Compile((Tensor[] inputs) => Step(inputs, []));
    }

    /// <inheritdoc/>
    public string Mode => "compiled";

    /// <inheritdoc/>
    public double Run() => _workload.IsRandom
        ? _graph.Scalar(Workload.NoiseKey.FoldIn(_count++), _workload.Inputs)
        : _graph.Scalar(_workload.Inputs);

    /// <summary>Takes the next step without looking at its loss: nothing waits for a device.</summary>
    public void Queue()
    {
        if (_workload.IsRandom)
        {
            _graph.Step(Workload.NoiseKey.FoldIn(_count++), _workload.Inputs);
        }
        else
        {
            _graph.Step(_workload.Inputs);
        }
    }

    /// <summary>The plan.</summary>
    public override string ToString() => _graph.ToString();
}
