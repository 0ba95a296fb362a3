namespace ProbNet.Autodiff;

/// <summary>
/// y[o, j, i] = x[o, index, i], where the index is that of j, or that of [o, j, i]. Indices are in [0, Length): the host has seen to it, or they are a graph's own;
/// one outside gives an undefined value, but never reads elsewhere. Buffers: x, the indices, y, all row-major.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="IndexType">Int32 or Int64.</param>
/// <param name="Outer">The product of the axes before.</param>
/// <param name="Length">The axis of x.</param>
/// <param name="Inner">The product of the axes behind.</param>
/// <param name="Count">The axis of y.</param>
/// <param name="IsElementwise">Whether there is an index for each element of y, and not only for each j.</param>
public sealed record GatherKernel(string Name, DType Type, DType IndexType, int Outer, int Length, int Inner, int Count, bool IsElementwise) : Kernel(Name);
