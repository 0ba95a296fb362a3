namespace ProbNet.Autodiff;

/// <summary>A user's operation: a forward function that is not differentiated, and its vector-Jacobian product.</summary>
internal sealed class CustomOp(string name, Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp) : Op, IJointVjp
{
    // The forward function is the only way to learn the shape, so it runs in Infer and Evaluate takes its result.
    private Tensor? _forward;

    public override string Name => name;

    public override TensorType Infer(Tensor[] inputs)
    {
        _forward = Forward(inputs);
        return new(_forward.Shape, _forward.DType);
    }

    public override Tensor? Known => _forward;

    public override Array Evaluate(Tensor[] inputs, TensorType type) => _forward!.RawData;

    // Several threads may replay one graph at once: nothing is kept here.
    public override void Evaluate(Tensor[] inputs, Array result) => Array.Copy(Forward(inputs).RawData, result, result.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([.. inputs.Select((_, i) => i == index)], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor?[] gradients = vjp(inputs, output, dy);
        if (gradients.Length != inputs.Length)
        {
            throw new InvalidOperationException(
                $"{name}: its vector-Jacobian product returned {gradients.Length} gradients for {inputs.Length} inputs; return one each, or null for zero.");
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (gradients[i] is { } gradient && !inputs[i].Shape.BroadcastsTo(gradient.Shape))
            {
                throw new ShapeException($"{name}: the gradient of input {i} has shape {gradient.Shape}, but the input has shape {inputs[i].Shape}.");
            }
        }

        return gradients;
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) =>
        Vectorization.Loop(inputs, batched, size, slices => new CustomOp(name, forward, vjp).Apply(slices));

    private Tensor Forward(Tensor[] inputs)
    {
        ulong before = GradientScope.Suspend(ulong.MaxValue);
        try
        {
            return forward(inputs);
        }
        finally
        {
            GradientScope.Suspend(before);
        }
    }
}
