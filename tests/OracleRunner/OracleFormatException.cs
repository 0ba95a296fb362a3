namespace ProbNet.OracleRunner;

/// <summary>A file is missing, is not JSON, or is not of the oracle format; the message is one line for the user.</summary>
public sealed class OracleFormatException(string message) : Exception(message);
