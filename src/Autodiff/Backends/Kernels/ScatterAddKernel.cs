namespace ProbNet.Autodiff;

/// <summary>
/// y[o, a, i] = x[o, a, i] + Σ s[o, j, i] over all j whose index is a, in ascending order of j, so that the same input gives the same bits. Indices as in
/// <see cref="GatherKernel"/>; one outside of [0, Length) adds nothing. Buffers: x, the indices, s, y, all row-major.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="IndexType">Int32 or Int64.</param>
/// <param name="Outer">The product of the axes before.</param>
/// <param name="Length">The axis of x and y.</param>
/// <param name="Inner">The product of the axes behind.</param>
/// <param name="Count">The axis of s.</param>
/// <param name="IsElementwise">Whether there is an index for each element of s, and not only for each j.</param>
public sealed record ScatterAddKernel(string Name, DType Type, DType IndexType, int Outer, int Length, int Inner, int Count, bool IsElementwise) : Kernel(Name);
