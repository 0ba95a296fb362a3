namespace ProbNet.OracleRunner;

/// <summary>What became of one case.</summary>
/// <param name="Id">The case.</param>
/// <param name="Outcome">Passed, failed or skipped.</param>
/// <param name="Message">What, expected and got; or why it was skipped; for a case that passed, why it was compared loosely, if it was.</param>
public sealed record CaseResult(string Id, Outcome Outcome, string Message);
