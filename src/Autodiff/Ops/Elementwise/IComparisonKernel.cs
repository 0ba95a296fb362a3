using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A comparison of two numbers.</summary>
internal interface IComparisonKernel
{
    static abstract bool Apply<T>(T a, T b) where T : INumber<T>;

    /// <summary>The mask of the lanes where it holds.</summary>
    static abstract V Apply<V, T>(V a, V b)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The comparison in a program for a device, of operands of any one type but Bool.</summary>
    static abstract int Record(ProgramBuilder builder, int a, int b);
}
