namespace ProbNet.Autodiff;

/// <summary>An instruction of a <see cref="KernelProgram"/>.</summary>
/// <param name="Op">What it does.</param>
/// <param name="Type">The type of its result.</param>
/// <param name="A">The first operand: the number of an earlier instruction, or of an input, launch number or axis; −1 for none.</param>
/// <param name="B">The second operand; −1 for none.</param>
/// <param name="C">The third operand; −1 for none.</param>
/// <param name="Bits">The bits of a constant, or a number of bits to shift by.</param>
public readonly record struct KernelInstruction(KernelOp Op, DType Type, int A = -1, int B = -1, int C = -1, long Bits = 0);
