using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An optimizer's update of a vector of weights, with up to three vectors of state.</summary>
internal interface IUpdateRule<T> where T : unmanaged
{
    /// <summary>The new weights; the state vectors are changed in place, and those that the optimizer does not have are zero.</summary>
    Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> a, ref Vector<T> b, ref Vector<T> c);
}
