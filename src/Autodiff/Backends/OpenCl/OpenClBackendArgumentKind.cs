namespace ProbNet.Autodiff;

/// <summary>What an <see cref="OpenClBackendArgument"/> is.</summary>
internal enum OpenClBackendArgumentKind
{
    /// <summary>A value that is known when the kernel is compiled.</summary>
    Value,

    /// <summary>The buffer of a slice.</summary>
    Slice,

    /// <summary>The first element of a slice, counted from the start of its buffer.</summary>
    SliceOffset,

    /// <summary>The back end's scratch memory.</summary>
    Scratch,

    /// <summary>A number of the launch.</summary>
    Number,
}
