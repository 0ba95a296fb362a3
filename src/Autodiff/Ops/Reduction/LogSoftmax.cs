namespace ProbNet.Autodiff;

/// <summary>
/// y = x − log Σ eˣ over the last axis. A row of −∞ alone stays −∞; elements at +∞ share the whole. dx = dy − e^y Σ dy.
/// </summary>
internal sealed unsafe class LogSoftmax : RowMap
{
    public static readonly LogSoftmax Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy - (output.Exp() * dy.Sum(-1, keepDims: true));

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output) => LowerShares(inputs, output, Programs.LogShare(output.DType));

    protected override void Map<T>(T* x, T* y, int rows, int columns, bool shared) => ReductionLoop.LogSoftmaxRows(x, y, rows, columns, shared);
}
