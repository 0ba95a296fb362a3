namespace ProbNet.Autodiff;

/// <summary>The element type of a <see cref="Tensor"/>.</summary>
public enum DType
{
    /// <summary>32-bit IEEE floating point; the default, for training.</summary>
    Float32,

    /// <summary>64-bit IEEE floating point; for checks and statistics.</summary>
    Float64,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer; the type of indices.</summary>
    Int64,

    /// <summary>Boolean; the type of masks.</summary>
    Bool,
}
