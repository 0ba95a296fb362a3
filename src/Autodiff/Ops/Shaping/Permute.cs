namespace ProbNet.Autodiff;

/// <summary>Reorders the last axes: axis i of the result (counted from the end) is axis order[i] of the input. The gradient is reordered back.</summary>
internal sealed class Permute : Op
{
    // Negative axes, one for each of the last order.Length axes; leading axes stay.
    private readonly int[] _order;

    public Permute(int[] order) => _order = order;

    /// <summary>For each of the last axes of the result, the axis of the input: negative.</summary>
    public int[] Order => _order;

    public override TensorType Infer(Tensor[] inputs)
    {
        Shape shape = inputs[0].Shape;
        int[] lengths = shape.ToArray();
        for (int i = 0; i < _order.Length; i++)
        {
            lengths[lengths.Length - _order.Length + i] = shape[_order[i]];
        }

        return new(lengths, inputs[0].DType);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Shape shape = inputs[0].Shape;
        Span<int> own = stackalloc int[shape.Rank], strides = stackalloc int[shape.Rank], lengths = stackalloc int[shape.Rank];
        Strided.StridesOf(shape, own);
        own.CopyTo(strides);
        shape.AsSpan().CopyTo(lengths);
        for (int i = 1; i <= _order.Length; i++)
        {
            strides[^i] = own[^(-_order[^i])];
            lengths[^i] = shape[_order[^i]];
        }

        Strided.Read(inputs[0].RawData, 0, strides, lengths, result);
    }

    public override Layout? ViewOf(Layout x)
    {
        int[] lengths = x.Shape.ToArray(), strides = [.. x.Strides];
        for (int i = 1; i <= _order.Length; i++)
        {
            lengths[^i] = x.Shape[_order[^i]];
            strides[^i] = x.Strides[^(-_order[^i])];
        }

        return new(lengths, x.Offset, strides);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        int[] inverse = new int[_order.Length];
        for (int i = 0; i < _order.Length; i++)
        {
            inverse[_order.Length + _order[i]] = i - _order.Length;
        }

        return new Permute(inverse).Apply(dy);
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
