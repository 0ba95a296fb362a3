namespace ProbNet.Autodiff;

/// <summary>
/// A function of rows of one length, each on its own: a reduction over the last axes, or a map like softmax. Immutable, and the same on every thread;
/// the bits of a row do not depend on how many rows a call has.
/// </summary>
/// <param name="columns">Elements of a row.</param>
/// <param name="results">Elements of its result: 1 for a reduction, as many as columns for a map.</param>
internal abstract unsafe class RowKernel(int columns, int results)
{
    /// <summary>Elements of a row.</summary>
    public int Columns { get; } = columns;

    /// <summary>Elements of the result of a row.</summary>
    public int Results { get; } = results;

    /// <summary>The results of contiguous rows. Runs on the calling thread alone, allocates nothing, and writes nothing else.</summary>
    /// <param name="x">[rows, columns].</param>
    /// <param name="y">[rows, results].</param>
    /// <param name="rows">How many; not negative.</param>
    public abstract void Run(void* x, void* y, int rows);
}
