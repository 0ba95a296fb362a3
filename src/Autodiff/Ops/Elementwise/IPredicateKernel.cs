using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A question about a number.</summary>
internal interface IPredicateKernel
{
    static abstract bool Apply<T>(T x) where T : IBinaryFloatingPointIeee754<T>;
}
