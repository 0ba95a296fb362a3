namespace ProbNet.Inference;

/// <summary>Which number is folded into a run's key for which purpose, so that no two purposes share a stream.</summary>
internal static class Streams
{
    public const ulong Weights = 1;
    public const ulong ValidationSplit = 2;
    public const ulong Order = 3;
    public const ulong Steps = 4;
    public const ulong Validation = 5;
    public const ulong Members = 6;
    public const ulong First = 8;
    public const ulong Calibration = 9;

    // Of the key of a step, from which two others are split.
    public const ulong Cells = 7;
}
