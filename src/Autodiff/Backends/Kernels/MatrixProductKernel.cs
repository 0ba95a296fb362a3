using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// Products of matrices, and a program that runs on every element of the result. Buffers: left, right, the further inputs of the program, its outputs.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Type">Float32 or Float64.</param>
/// <param name="Batch">How many products.</param>
/// <param name="M">Rows of a result.</param>
/// <param name="N">Columns of a result.</param>
/// <param name="K">Products that are added up in an element.</param>
/// <param name="TransposeLeft">Whether a left matrix lies as [K, M] instead of [M, K].</param>
/// <param name="TransposeRight">Whether a right matrix lies as [N, K] instead of [K, N].</param>
/// <param name="LeftStep">Elements from one left matrix to the next; 0 if all products have the same.</param>
/// <param name="RightStep">Elements from one right matrix to the next; 0 if all products have the same.</param>
/// <param name="Finish">The program: its first input is the element of the product.</param>
/// <param name="FinishInputs">Where its further inputs are, over the space [Batch, M, N].</param>
/// <param name="Outputs">Where its outputs go, over the same space.</param>
public sealed record MatrixProductKernel(
    string Name, DType Type, int Batch, int M, int N, int K, bool TransposeLeft, bool TransposeRight, long LeftStep, long RightStep,
    KernelProgram Finish, ImmutableArray<View> FinishInputs, ImmutableArray<View> Outputs) : Kernel(Name);
