namespace ProbNet.Autodiff;

/// <summary>
/// Walks a broadcast result row by row: axes that all operands walk alike are merged, and in the innermost one each operand is either
/// contiguous or constant. Gives the offset of each operand at each row.
/// </summary>
internal ref struct BroadcastRows
{
    // Innermost axis first. One array for all: lengths, index, offsets, then the strides, an operand after the other.
    private readonly Span<int> _lengths;
    private readonly Span<int> _index;
    private readonly Span<int> _offsets;
    private readonly Span<int> _strides;
    private readonly int _axes;
    private int _remaining;
    private bool _started;

    public BroadcastRows(Shape result, params ReadOnlySpan<Shape> operands)
    {
        int rank = Math.Max(result.Rank, 1), count = operands.Length;
        Span<int> scratch = new int[((2 + count) * rank) + count];
        _lengths = scratch[..rank];
        _index = scratch.Slice(rank, rank);
        _offsets = scratch.Slice(2 * rank, count);
        _strides = scratch[((2 * rank) + count)..];

        Span<int> next = stackalloc int[count], step = stackalloc int[count];
        next.Fill(1);

        // From the last axis outwards: an axis merges into the one inside it when every operand steps over both as over one.
        for (int axis = result.Rank - 1; axis >= 0; axis--)
        {
            int length = result[axis];
            if (length == 1)
            {
                continue;
            }

            bool merges = _axes > 0;
            for (int k = 0; k < count; k++)
            {
                int own = axis - (result.Rank - operands[k].Rank);
                bool walks = own >= 0 && operands[k][own] != 1;
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
            _lengths[0] = result.Size;
            _axes = 1;
        }

        Length = _lengths[0];
        _remaining = result.Size == 0 ? 0 : result.Size / Length;
    }

    /// <summary>Elements in a row.</summary>
    public int Length { get; }

    /// <summary>The offset of the row in an operand.</summary>
    public readonly int Offset(int operand) => _offsets[operand];

    /// <summary>Elements of an operand that a row uses: all, or 1 if it is constant along the row.</summary>
    public readonly int LengthOf(int operand) => _strides[operand * _lengths.Length] == 0 ? 1 : Length;

    /// <summary>The part of an operand that the row uses.</summary>
    public readonly ReadOnlySpan<T> Of<T>(int operand, T[] data) => data.AsSpan(_offsets[operand], LengthOf(operand));

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
}
