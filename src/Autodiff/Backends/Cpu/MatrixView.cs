namespace ProbNet.Autodiff;

/// <summary>
/// A matrix inside an array: element (i, j) stands at <c>Offset + i·RowStride + j·ColumnStride</c>. A transpose swaps the strides.
/// </summary>
internal readonly struct MatrixView<T>(T[] array, int offset, int rowStride, int columnStride)
    where T : unmanaged
{
    public readonly T[] Array = array;
    public readonly int Offset = offset;
    public readonly int RowStride = rowStride;
    public readonly int ColumnStride = columnStride;

    /// <summary>The element, unchecked: the entry points of <see cref="MatMulKernel"/> check the extents.</summary>
    public ref T this[int row, int column] =>
        ref System.Runtime.CompilerServices.Unsafe.Add(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(Array),
            (nint)Offset + ((nint)row * RowStride) + ((nint)column * ColumnStride));

    public MatrixView<T> Transposed => new(Array, Offset, ColumnStride, RowStride);

    /// <summary>The part that starts at the given row and column.</summary>
    public MatrixView<T> From(int row, int column) => new(Array, Offset + (row * RowStride) + (column * ColumnStride), RowStride, ColumnStride);
}
