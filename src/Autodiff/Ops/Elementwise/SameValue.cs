namespace ProbNet.Autodiff;

/// <summary>
/// y = a, with the gradient of b, which has the same values: a graph takes a's and does not compute b's, but for what b's gradient needs of them. ∂y/∂b is 1; y does not change
/// with a.
/// </summary>
internal sealed class SameValue : Op
{
    private static readonly SameValue s_instance = new();

    private SameValue()
    {
    }

    /// <summary>A value with the gradient of another tensor of the same values.</summary>
    /// <param name="value">The values, which are computed anyway.</param>
    /// <param name="source">The same values; where they are not symbols, they are the result.</param>
    public static Tensor Of(Tensor value, Tensor source) =>
        value.IsSymbolic && source.Levels != 0 && value.Shape == source.Shape ? s_instance.Apply(Gradient.Stop(value), source) : source;

    public override TensorType Infer(Tensor[] inputs) => new(inputs[1].Shape, inputs[1].DType);

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData;

    public override void Evaluate(Tensor[] inputs, Array result) => Array.Copy(inputs[0].RawData, result, result.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index == 0 ? null : dy;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => batched[0] && batched[1] ? Apply(inputs) : inputs[batched[1] ? 1 : 0];
}
