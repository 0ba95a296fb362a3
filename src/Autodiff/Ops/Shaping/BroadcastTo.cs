namespace ProbNet.Autodiff;

/// <summary>Repeats axes of length 1, and adds axes in front, up to a shape. The gradient is summed over what was repeated.</summary>
internal sealed class BroadcastTo(Shape target) : Op
{
    public override TensorType Infer(Tensor[] inputs) => inputs[0].Shape.BroadcastsTo(target)
        ? new(target, inputs[0].DType)
        : throw new ShapeException(
            $"BroadcastTo: shape {inputs[0].Shape} does not broadcast to {target}: aligned at the last axis, each length must be equal or 1.");

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Shape from = inputs[0].Shape;
        Span<int> own = stackalloc int[from.Rank], strides = stackalloc int[target.Rank];
        Strided.StridesOf(from, own);
        strides.Clear();
        for (int i = 1; i <= from.Rank; i++)
        {
            strides[^i] = from[^i] == 1 ? 0 : own[^i];
        }

        Strided.Read(inputs[0].RawData, 0, strides, target.AsSpan(), result);
    }

    public override Layout? ViewOf(Layout x) => x.BroadcastTo(target);

    // The engine sums dy back to the input's shape.
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size)
    {
        Tensor x = inputs[0];
        int added = target.Rank - (x.Rank - 1);
        Tensor aligned = x.Reshape([size, .. Enumerable.Repeat(1, added), .. x.Shape[1..]]);
        return new BroadcastTo(Shape.Create([size]).Concat(target)).Apply(aligned);
    }
}
