namespace ProbNet.Autodiff;

/// <summary>Where a value of a plan lies: a segment of memory, whose address an execution knows, and an offset in bytes.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">Bytes from its start.</param>
internal readonly record struct Location(int Segment, long Offset)
{
    /// <summary>The segment of the executing thread's own scratch memory.</summary>
    public const int Scratch = 0;

    /// <summary>The segment of values that an execution computes.</summary>
    public const int Arena = 1;

    /// <summary>The segment of constants.</summary>
    public const int Constants = 2;

    /// <summary>The segment of parameters that the plan reads, but does not change.</summary>
    public const int Parameters = 3;

    /// <summary>The first segment of the others: the blocks of parameters that the plan changes, memory of calls, then results of operations on arrays.</summary>
    public const int First = 4;
}
