namespace ProbNet.Autodiff;

/// <summary>A function of one or two booleans, bit by bit: of eight bytes of 0 or 1 at a time, or of one in the low byte.</summary>
internal interface ILogicalKernel
{
    static abstract int Operands { get; }

    /// <summary>The instruction that does it.</summary>
    static abstract KernelOp Instruction { get; }

    static abstract ulong Apply(ulong a, ulong b);
}
