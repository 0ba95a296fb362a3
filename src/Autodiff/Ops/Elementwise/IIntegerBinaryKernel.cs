using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A function of two integers.</summary>
internal interface IIntegerBinaryKernel
{
    /// <summary>The instruction that does it.</summary>
    static abstract KernelOp Instruction { get; }

    static abstract T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>;
}
