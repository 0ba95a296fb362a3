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

    /// <summary>Takes a step on a device, with the times of its kernels.</summary>
    public GraphProfile Profile() => _workload.IsRandom
        ? _graph.Profile(Workload.NoiseKey.FoldIn(_count++), _workload.Inputs)
        : _graph.Profile(_workload.Inputs);

    /// <summary>The plan of a device in short: what runs as one kernel on a line each, and the operations in it; then the optimizer, whose step is one kernel more.</summary>
    public IReadOnlyList<string> Kernels()
    {
        var lines = new List<string>();
        foreach (string line in ToString().Split('\n', StringSplitOptions.TrimEntries))
        {
            string[] head = line.Split(": ", 2), operation = line.Split(" = ", 2);
            if (int.TryParse(head[0], out _) || head[0] == "update")
            {
                lines.Add(head[0] == "update" ? $"update: {head[1].Split(" of ")[0]}" : line.Replace(" over ", " ", StringComparison.Ordinal) + ":");
            }
            else if (lines.Count > 0 && operation.Length == 2)
            {
                lines[^1] += (lines[^1][^1] == ':' ? " " : ", ") + operation[1].Split('(')[0];
            }
        }

        return lines;
    }

    /// <summary>The plan.</summary>
    public override string ToString() => _graph.ToString();
}
