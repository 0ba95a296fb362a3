namespace ProbNet.Autodiff;

/// <summary>
/// Running totals along the middle axis of [Outer, Length, Inner]: element j of the result takes in elements 0 to j, or j to the end if reversed.
/// Buffers: the input, the result, both row-major.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Kind">Sum, Product or LogSumExp.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Outer">The product of the axes before.</param>
/// <param name="Length">The axis.</param>
/// <param name="Inner">The product of the axes behind.</param>
/// <param name="IsReversed">Whether it runs from the end.</param>
public sealed record ScanKernel(string Name, Reduction Kind, DType Type, int Outer, int Length, int Inner, bool IsReversed) : Kernel(Name);
