namespace ProbNet.Autodiff;

/// <summary>
/// The lower (j ≤ i + offset) or upper (j ≥ i + offset) triangle of the matrices in the last two axes; zero elsewhere, whatever stood there.
/// The gradient is the same triangle of dy.
/// </summary>
internal sealed class Triangle(bool upper, int offset) : Op
{
    public override string Name => upper ? "Triu" : "Tril";

    public override TensorType Infer(Tensor[] inputs) => inputs[0].Rank >= 2
        ? new(inputs[0].Shape, inputs[0].DType)
        : throw new ShapeException($"{Name}: shape {inputs[0].Shape} has {inputs[0].Rank} axes; a matrix in the last two is needed.");

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData switch
    {
        float[] x => Copy(x, type.Shape),
        double[] x => Copy(x, type.Shape),
        int[] x => Copy(x, type.Shape),
        long[] x => Copy(x, type.Shape),
        var x => Copy((bool[])x, type.Shape),
    };

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private T[] Copy<T>(T[] x, Shape shape)
    {
        var y = new T[x.Length];
        int rows = shape[-2], columns = shape[-1];
        for (int start = 0, i = 0; start < x.Length; start += columns, i = i + 1 == rows ? 0 : i + 1)
        {
            int border = (int)Math.Clamp((long)i + offset + (upper ? 0 : 1), 0, columns);
            (int first, int count) = upper ? (border, columns - border) : (0, border);
            x.AsSpan(start + first, count).CopyTo(y.AsSpan(start + first, count));
        }

        return y;
    }
}
