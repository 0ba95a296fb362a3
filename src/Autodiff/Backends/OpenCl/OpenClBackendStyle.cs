namespace ProbNet.Autodiff;

/// <summary>The form of kernels: what suits the device, with the same results up to the order of additions.</summary>
internal enum OpenClBackendStyle
{
    /// <summary>Long vectors in each work item, no local memory.</summary>
    Processor,

    /// <summary>Groups of work items that share local memory.</summary>
    Graphics,
}
