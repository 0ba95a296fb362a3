namespace ProbNet.Autodiff;

/// <summary>An operation that can run on rows alone.</summary>
internal unsafe interface IRowOp
{
    /// <summary>What <see cref="RowKernel.Run"/> does, for elements of a type.</summary>
    void RunRows(DType dtype, void* x, void* y, int rows, int columns);
}
