namespace ProbNet.Autodiff;

/// <summary>
/// A chain of operations on rows that runs block of rows by block of rows, with everything that no one else needs in temporaries that stay in the
/// first-level cache.
/// </summary>
internal sealed unsafe class FusedProgram : RowStep
{
    private readonly FusedInstruction[] _prologue;
    private readonly FusedInstruction[] _body;

    /// <summary>Creates a program.</summary>
    /// <param name="prologue">What is filled in once, for a whole block, before the first.</param>
    /// <param name="body">What runs for every block.</param>
    /// <param name="blockRows">Rows of a block.</param>
    /// <param name="scratchBytes">Bytes of all temporaries.</param>
    public FusedProgram(FusedInstruction[] prologue, FusedInstruction[] body, int blockRows, long scratchBytes)
    {
        _prologue = prologue;
        _body = body;
        BlockRows = blockRows;
        ScratchBytes = scratchBytes;
    }

    /// <summary>Rows of a block.</summary>
    public int BlockRows { get; }

    public override long ScratchBytes { get; }

    public override void Run(byte** segments, int row, int rows)
    {
        foreach (FusedInstruction instruction in _prologue)
        {
            instruction.Run(segments, 0, Math.Min(rows, BlockRows));
        }

        int end = row + rows;
        for (int start = row; start < end; start += BlockRows)
        {
            int count = Math.Min(BlockRows, end - start);
            foreach (FusedInstruction instruction in _body)
            {
                instruction.Run(segments, start, count);
            }
        }
    }
}
