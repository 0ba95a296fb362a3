namespace ProbNet.OracleRunner;

/// <summary>A case cannot be run; the message says why, in words that group it with its like.</summary>
public sealed class SkippedException(string reason) : Exception(reason);
