namespace ProbNet.Autodiff;

/// <summary>
/// A function whose intermediate results are dropped after the forward pass and computed again in the backward pass (Chen et al. 2016).
/// </summary>
internal sealed class CheckpointOp : Op, IJointVjp
{
    private readonly Func<Tensor[], Tensor> _function;
    private readonly int _arguments;
    private readonly Tensor _forward;

    private CheckpointOp(Func<Tensor[], Tensor> function, int arguments, Tensor forward)
    {
        _function = function;
        _arguments = arguments;
        _forward = forward;
    }

    public override string Name => "Checkpoint";

    public static Tensor Run(Func<Tensor[], Tensor> function, Tensor[] inputs)
    {
        // Numbered after everything that exists, so that whatever the graph reaches with a smaller number was captured, not computed inside.
        long start = new TapeNode(Identity.Instance, [], 0).Id;
        Tensor result = function(inputs);

        // A traced function has no memory yet that could be saved, and a plan computes equal expressions once.
        if (result.Levels == 0 || result.IsSymbolic)
        {
            return result;
        }

        Tensor[] captured = [.. Captured(result, start).Except(inputs, ReferenceEqualityComparer.Instance).Cast<Tensor>()];
        return new CheckpointOp(function, inputs.Length, result.With(null))
            .Apply([.. inputs, .. captured]);
    }

    public override TensorType Infer(Tensor[] inputs) => new(_forward.Shape, _forward.DType);

    public override Tensor? Known => _forward;

    public override Array Evaluate(Tensor[] inputs, TensorType type) => _forward.RawData;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([.. inputs.Select((_, i) => i == index)], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        // The part is recorded again for the scopes that its first run depended on, even while they run backward.
        ulong before = GradientScope.Suspend(GradientScope.Suspended & ~output.Levels);
        Tensor again;
        try
        {
            again = _function(inputs[.._arguments]);
        }
        finally
        {
            GradientScope.Suspend(before);
        }

        return Tape.Backward(again, dy, inputs, output.Levels);
    }

    private static List<Tensor> Captured(Tensor result, long start)
    {
        var captured = new List<Tensor>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance) { result };
        var pending = new Stack<Tensor>([result]);
        while (pending.TryPop(out Tensor? tensor))
        {
            if (tensor.Node!.Id < start)
            {
                captured.Add(tensor);
                continue;
            }

            foreach (Tensor input in tensor.Node.Inputs)
            {
                if (input.Levels != 0 && seen.Add(input))
                {
                    pending.Push(input);
                }
            }
        }

        return captured;
    }
}
