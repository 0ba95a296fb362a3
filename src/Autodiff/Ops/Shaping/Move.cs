namespace ProbNet.Autodiff;

/// <summary>The same values on another device. The gradient is moved back.</summary>
internal sealed class Move(Device source) : Op
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, inputs[0].DType);

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData;

    public override void Evaluate(Tensor[] inputs, Array result) => Array.Copy(inputs[0].RawData, result, result.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy.To(source);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => inputs[0];
}
