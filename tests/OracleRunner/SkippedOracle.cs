namespace ProbNet.OracleRunner;

/// <summary>A kind of oracle file that the format has and the runner does not run.</summary>
/// <param name="key">The property that every case of this kind has.</param>
/// <param name="reason">Why its cases are skipped.</param>
public sealed class SkippedOracle(string key, string reason) : IOracle
{
    /// <inheritdoc/>
    public string Key => key;

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences) => throw new SkippedException(reason);
}
