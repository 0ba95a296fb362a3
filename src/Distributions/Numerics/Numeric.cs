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

    /// <summary>ln x for x ≥ 0, with a gradient of zero at 0, where it is −∞: so that 0·∞ does not arise from a tail that is empty.</summary>
    public static Tensor Log(Tensor x)
    {
        Tensor zero = x.EqualTo(0.0);
        return Tensor.Where(zero, double.NegativeInfinity, Tensor.Where(zero, 1.0, x).Log());
    }

    /// <summary>exp(x), with a gradient of zero where it or a multiple of it is beyond the range of the type: ∞ times a share of 0 would be NaN.</summary>
    public static Tensor ExpOrInfinity(Tensor x)
    {
        Tensor result = x.Exp();
        if (result.Levels == 0)
        {
            return result;
        }

        Tensor far = Gradient.Stop(x) > (x.DType == DType.Float32 ? 68 : 690);
        return Tensor.Where(far, Gradient.Stop(result), Tensor.Where(far, 0.0, x).Exp());
    }

    /// <summary>The result, NaN where the value is.</summary>
    public static Tensor Propagate(Tensor value, Tensor result) => Tensor.Where(value.IsNaN(), double.NaN, result);

    /// <summary>A tensor of doubles in a distribution's type.</summary>
    public static Tensor As(double[] values, Shape shape, DType dtype) => Tensor.From(values, shape).AsFree().Cast(dtype);
}
