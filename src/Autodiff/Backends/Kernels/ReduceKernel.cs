using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// Runs a program once for every index of a space, reduces its first outputs over some axes that follow each other, writes its further outputs, and runs a second
/// program once for every index that is left. Buffers: the inputs of the first program, its written outputs, the further inputs of the second, the outputs of the second.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Program">The first program; a copy of its input where there is nothing to compute.</param>
/// <param name="Lengths">The space, the innermost axis last.</param>
/// <param name="FirstReduced">The first axis that is reduced.</param>
/// <param name="ReducedCount">How many are.</param>
/// <param name="Inputs">Where the inputs of the first program are.</param>
/// <param name="Reductions">How its first outputs are reduced, one each; at least one.</param>
/// <param name="Written">Where its further outputs go.</param>
/// <param name="Finish">The second program, over the axes that are left: its first inputs are the reduced values.</param>
/// <param name="FinishInputs">Where its further inputs are.</param>
/// <param name="Outputs">Where its outputs go.</param>
public sealed record ReduceKernel(
    string Name, KernelProgram Program, ImmutableArray<int> Lengths, int FirstReduced, int ReducedCount, ImmutableArray<View> Inputs,
    ImmutableArray<Reduction> Reductions, ImmutableArray<View> Written, KernelProgram Finish, ImmutableArray<View> FinishInputs, ImmutableArray<View> Outputs) : Kernel(Name);
