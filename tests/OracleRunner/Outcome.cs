namespace ProbNet.OracleRunner;

/// <summary>What became of a case.</summary>
public enum Outcome
{
    /// <summary>All values agree.</summary>
    Passed,

    /// <summary>A value differs, or an exception was thrown.</summary>
    Failed,

    /// <summary>The runner cannot run the case.</summary>
    Skipped,
}
