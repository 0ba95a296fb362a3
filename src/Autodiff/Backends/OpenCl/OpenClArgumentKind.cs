namespace ProbNet.Autodiff;

/// <summary>What an <see cref="OpenClArgument"/> is; its default value is none.</summary>
internal enum OpenClArgumentKind
{
    /// <summary>Nothing was given.</summary>
    None,

    /// <summary>An integer or a floating-point number.</summary>
    Number,

    /// <summary>Memory on the device.</summary>
    Buffer,

    /// <summary>Memory that the items of a group share.</summary>
    Local,
}
