using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// Runs a program once for every index of a space. Buffers: the inputs, then the outputs. An output may be the very memory of an input if their views are the
/// same; else none overlap.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Program">The program.</param>
/// <param name="Lengths">The space, the innermost axis last; at most 8 axes.</param>
/// <param name="Inputs">Where the program's inputs are.</param>
/// <param name="Outputs">Where its outputs go; no two indices to one place.</param>
public sealed record MapKernel(
    string Name, KernelProgram Program, ImmutableArray<int> Lengths, ImmutableArray<View> Inputs, ImmutableArray<View> Outputs) : Kernel(Name);
