using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>One launch of a kernel function. A description takes one or more, which run in order.</summary>
/// <param name="Text">The function's text.</param>
/// <param name="Arguments">What its parameters take.</param>
/// <param name="Global">The work items.</param>
/// <param name="Local">The work items of a group.</param>
internal sealed record OpenClBackendStage(
    OpenClText Text, ImmutableArray<OpenClBackendArgument> Arguments, WorkSize Global, WorkSize Local);
