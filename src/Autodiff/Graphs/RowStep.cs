namespace ProbNet.Autodiff;

/// <summary>A part of a plan that computes rows from rows, any tile of them on any thread.</summary>
internal abstract unsafe class RowStep
{
    /// <summary>Bytes of scratch memory that a run needs, at the start of the thread's scratch segment.</summary>
    public virtual long ScratchBytes => 0;

    /// <summary>Runs on the rows from <paramref name="row"/> on.</summary>
    /// <param name="segments">The addresses of the segments of memory.</param>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    public abstract void Run(byte** segments, int row, int rows);
}
