namespace ProbNet.Autodiff;

/// <summary>One operation of a fused program, on a block of rows.</summary>
internal abstract class FusedInstruction
{
    /// <summary>Runs on the rows from <paramref name="row"/> on.</summary>
    /// <param name="segments">The addresses of the segments of memory.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    public abstract unsafe void Run(byte** segments, int row, int rows);
}
