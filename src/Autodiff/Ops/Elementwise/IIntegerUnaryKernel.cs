using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A function of one integer.</summary>
internal interface IIntegerUnaryKernel
{
    static abstract T Apply<T>(T x) where T : unmanaged, IBinaryInteger<T>;
}
