namespace ProbNet.Autodiff;

/// <summary>An operation on rows of one length and type.</summary>
internal sealed unsafe class RowOpKernel(IRowOp op, DType dtype, int columns, int results) : RowKernel(columns, results)
{
    public override void Run(void* x, void* y, int rows) => op.RunRows(dtype, x, y, rows, Columns);
}
