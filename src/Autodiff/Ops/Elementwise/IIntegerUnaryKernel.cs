using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A function of one integer.</summary>
internal interface IIntegerUnaryKernel
{
    static abstract T Apply<T>(T x) where T : unmanaged, IBinaryInteger<T>;

    /// <summary>The function in a program for a device.</summary>
    static abstract int Record(ProgramBuilder builder, int x);
}
