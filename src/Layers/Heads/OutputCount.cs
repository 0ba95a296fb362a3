namespace ProbNet.Layers;

/// <summary>The checks of lengths that heads of vectors share.</summary>
internal static class OutputCount
{
    /// <summary>At least one output, or an error that names the head.</summary>
    public static int Require(string head, int outputs) => outputs >= 1
        ? outputs
        : throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"{head}: at least one output is needed.");

    /// <summary>A rank from 1 to the number of outputs, or an error that names the head.</summary>
    public static int RequireRank(string head, int rank, int outputs) => rank >= 1 && rank <= outputs
        ? rank
        : throw new ArgumentOutOfRangeException(
            nameof(rank), rank, FormattableString.Invariant($"{head}: the rank must lie between 1 and the number of outputs, {outputs}."));
}
