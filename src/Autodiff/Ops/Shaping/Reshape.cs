namespace ProbNet.Autodiff;

/// <summary>The same elements in another shape; shares the memory. The gradient is reshaped back.</summary>
internal sealed class Reshape(Shape target) : Op
{
    public override TensorType Infer(Tensor[] inputs) => inputs[0].Size == target.Size
        ? new(target, inputs[0].DType)
        : throw new ShapeException(
            $"Reshape: shape {inputs[0].Shape} has {inputs[0].Size} elements and shape {target} has {target.Size}; the numbers must be equal.");

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData;

    public override void Evaluate(Tensor[] inputs, Array result) => Array.Copy(inputs[0].RawData, result, result.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy.Reshape(inputs[0].Shape);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) =>
        new Reshape(Shape.Create([size]).Concat(target)).Apply(inputs);
}
