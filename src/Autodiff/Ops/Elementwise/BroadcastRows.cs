namespace ProbNet.Autodiff;

/// <summary>
/// Walks a broadcast result row by row: axes that all operands walk alike are merged, and in the innermost one each operand is either
/// contiguous or constant. Gives the offset of each operand at each row.
/// </summary>
internal ref struct BroadcastRows
{
    private readonly int[] _lengths;
    private readonly int[][] _strides;
    private readonly int[] _index;
    private readonly int[] _offsets;
    private int _remaining;
    private bool _started;

    public BroadcastRows(Shape result, params ReadOnlySpan<Shape> operands)
    {
        int rank = result.Rank;
        var lengths = new List<int>(rank);
        var strides = new List<int>[operands.Length];
        for (int k = 0; k < operands.Length; k++)
        {
            strides[k] = new List<int>(rank);
        }

        Span<int> next = stackalloc int[operands.Length];
        next.Fill(1);
        Span<int> step = stackalloc int[operands.Length];

        // From the last axis outwards: an axis merges into the one inside it when every operand steps over both as over one.
        for (int axis = rank - 1; axis >= 0; axis--)
        {
            int length = result[axis];
            if (length == 1)
            {
                continue;
            }

            bool merges = lengths.Count > 0;
            for (int k = 0; k < operands.Length; k++)
            {
                int own = axis - (rank - operands[k].Rank);
                bool walks = own >= 0 && operands[k][own] != 1;
                step[k] = walks ? next[k] : 0;
                merges &= lengths.Count > 0 && step[k] == strides[k][^1] * lengths[^1];
                if (walks)
                {
                    next[k] *= length;
                }
            }

            if (merges)
            {
                lengths[^1] *= length;
                continue;
            }

            lengths.Add(length);
            for (int k = 0; k < operands.Length; k++)
            {
                strides[k].Add(step[k]);
            }
        }

        if (lengths.Count == 0)
        {
            lengths.Add(result.Size);
            foreach (List<int> stride in strides)
            {
                stride.Add(0);
            }
        }

        _lengths = [.. lengths];
        _strides = Array.ConvertAll(strides, stride => stride.ToArray());
        _index = new int[_lengths.Length];
        _offsets = new int[operands.Length];
        Length = _lengths[0];
        _remaining = result.Size == 0 ? 0 : result.Size / Length;
    }

    /// <summary>Elements in a row.</summary>
    public int Length { get; }

    /// <summary>The offset of the row in an operand.</summary>
    public readonly int Offset(int operand) => _offsets[operand];

    /// <summary>Elements of an operand that a row uses: all, or 1 if it is constant along the row.</summary>
    public readonly int LengthOf(int operand) => _strides[operand][0] == 0 ? 1 : Length;

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

        for (int axis = 1; axis < _lengths.Length; axis++)
        {
            bool carry = ++_index[axis] == _lengths[axis];
            if (carry)
            {
                _index[axis] = 0;
            }

            for (int k = 0; k < _offsets.Length; k++)
            {
                _offsets[k] += carry ? -_strides[k][axis] * (_lengths[axis] - 1) : _strides[k][axis];
            }

            if (!carry)
            {
                break;
            }
        }

        return true;
    }
}
