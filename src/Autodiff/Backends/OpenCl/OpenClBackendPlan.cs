using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>How a description runs: its stages, and the scratch memory that carries values between them.</summary>
/// <param name="Stages">The launches; none where there is nothing to do.</param>
/// <param name="ScratchBytes">The size of the scratch memory.</param>
internal sealed record OpenClBackendPlan(ImmutableArray<OpenClBackendStage> Stages, long ScratchBytes = 0)
{
    /// <summary>The plan of one stage.</summary>
    public static OpenClBackendPlan Of(OpenClBackendStage stage) => new([stage]);
}
