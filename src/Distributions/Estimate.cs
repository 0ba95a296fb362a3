using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A value with what is known of its error. Converts to the value.</summary>
/// <param name="Value">The value.</param>
/// <param name="StandardError">Its standard error, of the same shape: 0 for an exact value, the tolerance for a numeric one.</param>
/// <param name="Kind">What kind of number it is.</param>
public readonly record struct Estimate(Tensor Value, Tensor StandardError, Evidence Kind)
{
    /// <summary>A value in closed form.</summary>
    public static Estimate Exact(Tensor value) => new(value, Tensor.Zeros(value.Shape, value.DType), Evidence.Exact);

    /// <summary>A value computed numerically, to a relative tolerance.</summary>
    public static Estimate Numeric(Tensor value, double relativeTolerance) =>
        new(value, Gradient.Stop(value).Abs() * relativeTolerance, Evidence.Numeric);

    /// <summary>The mean of independent draws along the first axis, with its standard error.</summary>
    public static Estimate MonteCarlo(Tensor draws) =>
        new(draws.Mean(0), Gradient.Stop(draws).Std(0) / Math.Sqrt(draws.Shape[0]), Evidence.Unbiased);

    /// <summary>The value.</summary>
    public static implicit operator Tensor(Estimate estimate) => estimate.Value;

    /// <inheritdoc/>
    public override string ToString() => Kind == Evidence.Exact ? $"{Value}" : $"{Value} ± {StandardError} ({Kind})";
}
