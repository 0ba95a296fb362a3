namespace ProbNet.Autodiff;

/// <summary>
/// Work for a device, described by what it computes and not by how. There are eight kinds. Sizes and strides belong to the description; an implementation should
/// take them as arguments of its code, so that the code of a kernel serves all sizes.
/// </summary>
/// <param name="Name">What it is for, in listings and profiles.</param>
public abstract record Kernel(string Name);
