namespace ProbNet.Autodiff;

/// <summary>y = x, with a gradient of exactly zero.</summary>
internal sealed class StopGradient : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, inputs[0].DType);

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData;

    public override void Evaluate(Tensor[] inputs, Array result) => Array.Copy(inputs[0].RawData, result, result.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
