namespace ProbNet.Autodiff;

/// <summary>The address of an operand of an instruction: in memory it moves with the row, in a temporary it does not.</summary>
/// <param name="location">The first element that is used.</param>
/// <param name="rowBytes">Bytes from row to row; 0 in a temporary, which holds the rows of the block alone.</param>
internal readonly unsafe struct FusedAddress(Location location, long rowBytes)
{
    private readonly int _segment = location.Segment;
    private readonly long _offset = location.Offset;
    private readonly long _rowBytes = rowBytes;

    /// <summary>The address for a block that starts at a row.</summary>
    public byte* At(byte** segments, int row) => segments[_segment] + _offset + (row * _rowBytes);
}
