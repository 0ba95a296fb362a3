namespace ProbNet.Autodiff;

/// <summary>A matrix in memory: element (i, j) stands at <c>Start + i·RowStride + j·ColumnStride</c>. A transpose swaps the strides.</summary>
internal readonly unsafe struct MatrixView<T>(T* start, nint rowStride, nint columnStride)
    where T : unmanaged
{
    public readonly T* Start = start;
    public readonly nint RowStride = rowStride;
    public readonly nint ColumnStride = columnStride;

    public MatrixView<T> Transposed => new(Start, ColumnStride, RowStride);

    /// <summary>Where element (<paramref name="row"/>, <paramref name="column"/>) stands, unchecked.</summary>
    public T* At(int row, int column) => Start + (row * RowStride) + (column * ColumnStride);

    /// <summary>The part that starts at the given row and column.</summary>
    public MatrixView<T> From(int row, int column) => new(At(row, column), RowStride, ColumnStride);
}
