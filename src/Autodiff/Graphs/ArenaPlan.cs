namespace ProbNet.Autodiff;

/// <summary>
/// Gives values that live at different times the same memory: each gets the first gap that is free from the stage that computes it to the last stage that
/// uses it.
/// </summary>
internal sealed class ArenaPlan
{
    private const int Alignment = 64;

    private readonly List<(long Offset, long Bytes, int Last)> _live = [];

    /// <summary>The size of the memory in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Memory behind all else, which nothing shares; asked for when all values have been placed.</summary>
    public long Append(long bytes)
    {
        long offset = Bytes;
        Bytes += Math.Max(1, (bytes + Alignment - 1) / Alignment) * Alignment;
        return offset;
    }

    /// <summary>Places a value; values must come in the order of their first stage.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="first">The stage that computes it.</param>
    /// <param name="last">The last stage that uses it.</param>
    public long Place(long bytes, int first, int last)
    {
        bytes = Math.Max(1, (bytes + Alignment - 1) / Alignment) * Alignment;
        _live.RemoveAll(block => block.Last < first);
        long offset = 0;
        int at = 0;
        for (; at < _live.Count && _live[at].Offset - offset < bytes; at++)
        {
            offset = _live[at].Offset + _live[at].Bytes;
        }

        _live.Insert(at, (offset, bytes, last));
        Bytes = Math.Max(Bytes, offset + bytes);
        return offset;
    }
}
