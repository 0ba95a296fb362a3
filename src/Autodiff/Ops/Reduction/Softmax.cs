namespace ProbNet.Autodiff;

/// <summary>
/// y = eˣ / Σ eˣ over the last axis, shifted by the maximum. A row of −∞ alone gives zeros, as masked attention wants; elements at +∞ share
/// the whole. dx = y (dy − Σ y dy).
/// </summary>
internal sealed unsafe class Softmax : RowMap
{
    public static readonly Softmax Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor weighted = output * dy;
        return weighted - (output * weighted.Sum(-1, keepDims: true));
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output) => LowerShares(inputs, output, Programs.Share(output.DType));

    protected override void Map<T>(T* x, T* y, int rows, int columns, bool shared) => ReductionLoop.SoftmaxRows(x, y, rows, columns, shared);
}
