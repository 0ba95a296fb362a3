using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>The affine map that gives each feature mean 0 and standard deviation 1, and its inverse.</summary>
/// <param name="Mean">The mean of each feature, Float64.</param>
/// <param name="Scale">The standard deviation of each feature, Float64; 1 where it was 0.</param>
public sealed record Standardizer(Tensor Mean, Tensor Scale)
{
    /// <summary>Mean and population standard deviation of each feature over the rows; a constant feature keeps scale 1.</summary>
    /// <param name="rows">[n, …] with at least one row.</param>
    /// <param name="shift">Whether the mean is taken off; without, the mean is 0 and the scale is the root mean square.</param>
    public static Standardizer Fit(Tensor rows, bool shift = true)
    {
        // In double, centred on the first row: the variance of numbers far from 0 would cancel in single precision.
        Tensor values = rows.To(Device.Cpu).Cast(DType.Float64);
        Tensor origin = shift ? values[..1] : Tensor.Zeros(values.Shape.With(0, 1), DType.Float64);
        Tensor centred = values - origin;
        Tensor mean = shift ? centred.Mean(0) : Tensor.Zeros(values.Shape[1..], DType.Float64);
        Tensor scale = (centred - mean).Square().Mean(0).Sqrt();
        Tensor magnitude = Tensor.Maximum(values.Abs().Max([0]), 1e-300);
        Tensor constant = scale <= magnitude * 1e-12;
        return new(mean + origin.Reshape(mean.Shape), Tensor.Where(constant, 1.0, scale));
    }

    /// <summary>(x − mean) / scale, computed in double and rounded once.</summary>
    /// <param name="x">Rows [n, …], of any type.</param>
    /// <param name="dtype">The type of the result.</param>
    public Tensor Apply(Tensor x, DType dtype) => ((x.Cast(DType.Float64) - Mean) / Scale).Cast(dtype);

    /// <summary>mean + scale·z, computed in double.</summary>
    /// <param name="z">Standardized rows.</param>
    public Tensor Undo(Tensor z) => (Mean + (Scale * z.Cast(DType.Float64))).Cast(z.DType);
}
