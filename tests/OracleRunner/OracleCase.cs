using System.Text.Json;

namespace ProbNet.OracleRunner;

/// <summary>One case of an oracle file.</summary>
/// <param name="Id">Its id, unique in the file.</param>
/// <param name="Json">The whole case.</param>
/// <param name="Oracle">What runs it; null if the kind is unknown to the runner.</param>
public sealed record OracleCase(string Id, JsonElement Json, IOracle? Oracle)
{
    /// <summary>Runs the case. Never throws: what goes wrong is a failure of the case.</summary>
    public CaseResult Run()
    {
        try
        {
            if (Oracle is null)
            {
                return new CaseResult(Id, Outcome.Skipped, "the runner has nothing that runs cases of this kind");
            }

            var differences = new Differences();
            Oracle.Run(this, differences);
            return differences.ToString() is { Length: > 0 } message ? new CaseResult(Id, Outcome.Failed, message)
                : differences.Compared == 0 ? new CaseResult(Id, Outcome.Skipped, "the case holds nothing to compare")
                : new CaseResult(Id, Outcome.Passed, differences.Note);
        }
        catch (SkippedException skipped)
        {
            return new CaseResult(Id, Outcome.Skipped, skipped.Message);
        }
#pragma warning disable CA1031 // Whatever an operation throws is this case's failure; the others still run.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new CaseResult(Id, Outcome.Failed, $"threw {error.GetType().Name}: {error.Message.ReplaceLineEndings(" ")}");
        }
    }
}
