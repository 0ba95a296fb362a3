namespace ProbNet.Autodiff;

/// <summary>
/// Walks a broadcast result row by row: axes that all operands walk alike are merged, and in the innermost one each operand is either
/// contiguous or constant. Gives the offset of each operand at each row.
/// </summary>
internal ref struct BroadcastRows
{
    // Innermost axis first. The scratch holds them all: lengths, index, offsets, then the strides, an operand after the other.
    private readonly Span<int> _lengths;
    private readonly Span<int> _index;
    private readonly Span<int> _offsets;
    private readonly Span<int> _strides;
    private readonly int _axes;
    private int _remaining;
    private bool _started;

    /// <summary>Rows of the shape that the operands broadcast to.</summary>
    /// <param name="scratch">Room for the walk: <see cref="ScratchLength"/> elements.</param>
    /// <param name="inner">How many last axes are left out: 2 to walk over matrices, whose number is then the unit of offsets.</param>
    /// <param name="operands">The shapes.</param>
    public BroadcastRows(Span<int> scratch, int inner, params scoped ReadOnlySpan<Shape> operands)
    {
        int count = operands.Length, rank = Rank(operands);
        _lengths = scratch[..rank];
        _index = scratch.Slice(rank, rank);
        _offsets = scratch.Slice(2 * rank, count);
        _strides = scratch.Slice((2 * rank) + count, count * rank);
        Span<int> next = scratch.Slice(((2 + count) * rank) + count, count), step = scratch.Slice(((2 + count) * rank) + (2 * count), count);
        _index.Clear();
        _offsets.Clear();
        next.Fill(1);

        // From the last axis outwards: an axis merges into the one inside it when every operand steps over both as over one.
        int size = 1;
        for (int axis = inner + 1; axis <= rank; axis++)
        {
            int length = 1;
            foreach (Shape operand in operands)
            {
                length = axis <= operand.Rank && operand[^axis] != 1 ? operand[^axis] : length;
            }

            size *= length;
            if (length == 1)
            {
                continue;
            }

            bool merges = _axes > 0;
            for (int k = 0; k < count; k++)
            {
                bool walks = axis <= operands[k].Rank && operands[k][^axis] != 1;
                step[k] = walks ? next[k] : 0;
                merges = merges && step[k] == _strides[(k * rank) + _axes - 1] * _lengths[_axes - 1];
                if (walks)
                {
                    next[k] *= length;
                }
            }

            if (merges)
            {
                _lengths[_axes - 1] *= length;
                continue;
            }

            _lengths[_axes] = length;
            for (int k = 0; k < count; k++)
            {
                _strides[(k * rank) + _axes] = step[k];
            }

            _axes++;
        }

        if (_axes == 0)
        {
            _lengths[0] = 1;
            for (int k = 0; k < count; k++)
            {
                _strides[k * rank] = 0;
            }

            _axes = 1;
        }

        Length = _lengths[0];
        _remaining = size == 0 ? 0 : size / Length;
    }

    /// <summary>Elements in a row.</summary>
    public int Length { get; }

    /// <summary>The offset of the row in an operand.</summary>
    public readonly int Offset(int operand) => _offsets[operand];

    /// <summary>Whether an operand has one element for a whole row.</summary>
    public readonly bool IsConstant(int operand) => _strides[operand * _lengths.Length] == 0;

    /// <summary>The room that a walk over these operands needs.</summary>
    public static int ScratchLength(params ReadOnlySpan<Shape> operands) => ((2 + operands.Length) * Rank(operands)) + (3 * operands.Length);

    public bool MoveNext()
    {
        if (_remaining == 0)
        {
            return false;
        }

        _remaining--;
        if (!_started)
        {
            _started = true;
            return true;
        }

        int rank = _lengths.Length;
        for (int axis = 1; axis < _axes; axis++)
        {
            bool carry = ++_index[axis] == _lengths[axis];
            if (carry)
            {
                _index[axis] = 0;
            }

            for (int k = 0; k < _offsets.Length; k++)
            {
                int stride = _strides[(k * rank) + axis];
                _offsets[k] += carry ? -stride * (_lengths[axis] - 1) : stride;
            }

            if (!carry)
            {
                break;
            }
        }

        return true;
    }

    private static int Rank(ReadOnlySpan<Shape> operands)
    {
        int rank = 1;
        foreach (Shape operand in operands)
        {
            rank = Math.Max(rank, operand.Rank);
        }

        return rank;
    }
}
