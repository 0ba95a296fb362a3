using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What the numeric methods share.</summary>
internal static class Numeric
{
    /// <summary>Runs a search without recording what it does for a gradient.</summary>
    public static T Detached<T>(Func<T> search)
    {
        ulong before = GradientScope.Suspend(ulong.MaxValue);
        try
        {
            return search();
        }
        finally
        {
            GradientScope.Suspend(before);
        }
    }

    /// <summary>A tensor of doubles in a distribution's type.</summary>
    public static Tensor As(double[] values, Shape shape, DType dtype) => Tensor.From(values, shape).Cast(dtype);
}
