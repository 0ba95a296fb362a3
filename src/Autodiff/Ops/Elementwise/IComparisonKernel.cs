using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A comparison of two numbers.</summary>
internal interface IComparisonKernel
{
    static abstract bool Apply<T>(T a, T b) where T : INumber<T>;
}
