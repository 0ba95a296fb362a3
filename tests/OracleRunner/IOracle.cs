namespace ProbNet.OracleRunner;

/// <summary>Runs the cases of one kind of oracle file.</summary>
public interface IOracle
{
    /// <summary>The property that every case of this kind has, and no case of another kind.</summary>
    string Key { get; }

    /// <summary>Runs a case and returns the differences that were found.</summary>
    /// <exception cref="SkippedException">The case cannot be run.</exception>
    void Run(OracleCase oracleCase, Differences differences);
}
