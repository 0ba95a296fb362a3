namespace ProbNet.Autodiff;

/// <summary>
/// The order, as Int64, that sorts the middle axis of [Outer, Length, Inner]; equal elements keep theirs, NaN counts as larger than all numbers.
/// Buffers: the input, the order, both row-major.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Outer">The product of the axes before.</param>
/// <param name="Length">The axis.</param>
/// <param name="Inner">The product of the axes behind.</param>
/// <param name="IsDescending">Whether the largest comes first; equal elements keep their order all the same.</param>
public sealed record SortKernel(string Name, DType Type, int Outer, int Length, int Inner, bool IsDescending) : Kernel(Name);
