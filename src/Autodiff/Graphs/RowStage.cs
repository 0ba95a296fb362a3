namespace ProbNet.Autodiff;

/// <summary>Steps on rows: each tile of rows goes through all of them while its values are in the cache.</summary>
internal sealed unsafe class RowStage : PlanStage
{
    private readonly int _rows;
    private readonly int _tileRows;
    private readonly RowStep[] _steps;
    private readonly long _scratchBytes;

    /// <summary>Creates a stage.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="tileRows">Rows of a tile.</param>
    /// <param name="steps">What runs on a tile, in order.</param>
    /// <param name="nanoseconds">The estimated time of all of it on one thread.</param>
    public RowStage(int rows, int tileRows, RowStep[] steps, double nanoseconds) : base(nanoseconds)
    {
        _rows = rows;
        _tileRows = tileRows;
        _steps = steps;
        _scratchBytes = steps.Max(step => step.ScratchBytes);
    }

    protected override int Tiles => (int)(((long)_rows + _tileRows - 1) / _tileRows);

    protected override void Run(Execution execution, int tile)
    {
        ReadOnlySpan<nint> all = execution.Segments;
        byte** segments = stackalloc byte*[all.Length];
        for (int i = 0; i < all.Length; i++)
        {
            segments[i] = (byte*)all[i];
        }

        segments[Location.Scratch] = AlignedMemory.OfThread(_scratchBytes);
        int row = tile * _tileRows, rows = Math.Min(_tileRows, _rows - row);
        foreach (RowStep step in _steps)
        {
            step.Run(segments, row, rows);
        }
    }
}
