namespace ProbNet.Autodiff;

/// <summary>
/// x with elements changed along an axis: source[…, i, …] goes to y[…, index[…, i, …], …], in row-major order of the index, so that the
/// result does not depend on threads.
/// </summary>
internal abstract class ScatterOp(int axis) : Op
{
    /// <summary>The axis, counted from the end.</summary>
    protected int Axis => axis;

    public override TensorType Infer(Tensor[] inputs)
    {
        (Tensor x, Tensor index, Tensor source) = (inputs[0], inputs[1], inputs[2]);
        Indices.RequireFits(index, x.Shape, axis, Name);
        if (x.DType != source.DType)
        {
            throw new DTypeException($"{Name}: the tensor and the source have different types, {x.DType} and {source.DType}; convert one with Cast.");
        }

        return source.Shape == index.Shape
            ? new(x.Shape, x.DType)
            : throw new ShapeException($"{Name}: the source {source.Shape} and the index {index.Shape} differ in shape; there is one index an element.");
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        using var offsets = new Scratch<int>(inputs[1].Size);
        Indices.Offsets(inputs[1], inputs[0].Shape, axis, Name, offsets.Span);
        Array.Copy(inputs[0].RawData, result, result.Length);
        Change(result, offsets.Span, inputs[2].RawData);
    }

    public override bool HasValueCheck => true;

    public override void CheckValues(Tensor[] inputs) => Indices.Check(inputs[1], inputs[0].Shape[axis], (Name, axis, inputs[0].Shape));

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.Materialize(inputs, batched, size));

    protected abstract void Change(Array y, ReadOnlySpan<int> offsets, Array source);
}
