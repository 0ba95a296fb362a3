namespace ProbNet.Autodiff;

/// <summary>Memory that a fused program reads or writes: a place in a plan's memory, or a temporary of the program.</summary>
/// <param name="type">The element type.</param>
internal sealed class FusedOperand(DType type)
{
    /// <summary>The element type.</summary>
    public DType Type { get; } = type;

    /// <summary>Whether it holds a block of rows only, in the scratch memory of the thread.</summary>
    public bool IsTemporary { get; private init; }

    /// <summary>Whether it is the same for every block of rows, and is filled before the first one.</summary>
    public bool IsInvariant { get; private init; }

    /// <summary>Elements a row, for a temporary.</summary>
    public int Width { get; private init; }

    /// <summary>Where it is; of a temporary, known when all have been placed.</summary>
    public Location Location { get; set; }

    public static FusedOperand At(Location location, DType type) => new(type) { Location = location };

    public static FusedOperand Temporary(DType type, int width, bool isInvariant = false) =>
        new(type) { IsTemporary = true, Width = width, IsInvariant = isInvariant };
}
