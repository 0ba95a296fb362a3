using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A function of two integers.</summary>
internal interface IIntegerBinaryKernel
{
    static abstract T Apply<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>;
}
