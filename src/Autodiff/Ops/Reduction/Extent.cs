namespace ProbNet.Autodiff;

/// <summary>A tensor as [outer, length, inner], whose middle axis is reduced.</summary>
/// <param name="Outer">Elements of the axes before.</param>
/// <param name="Length">Elements of the reduced axes.</param>
/// <param name="Inner">Elements of the axes after.</param>
/// <param name="Shared">Whether other threads may help.</param>
internal readonly record struct Extent(int Outer, int Length, int Inner, bool Shared)
{
    /// <summary>Elements of the input.</summary>
    public int Size => Outer * Length * Inner;

    /// <summary>Elements of the result.</summary>
    public int Results => Outer * Inner;
}
