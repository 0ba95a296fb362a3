using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Values that a prediction of vectors is asked about.</summary>
internal static class VectorValue
{
    /// <summary>The value with all axes, [..., dimension], of the prediction's type: numbers of a program are cast, other types refused.</summary>
    /// <param name="method">What was asked, for errors: "Diffusion.LogProb".</param>
    /// <param name="value">Sample + batch + event.</param>
    /// <param name="batch">The shape of distributions side by side.</param>
    /// <param name="dimension">The length of a vector.</param>
    /// <param name="dtype">The type of the prediction.</param>
    /// <exception cref="ShapeException">The vectors are of another length, or do not broadcast against the batch.</exception>
    /// <exception cref="DTypeException">The value is of another type.</exception>
    public static Tensor Check(string method, Tensor value, Shape batch, int dimension, DType dtype)
    {
        ArgumentNullException.ThrowIfNull(value);
        value = value.IsLiteral ? value.Cast(dtype) : value;
        if (value.Rank == 0 || value.Shape[-1] != dimension)
        {
            throw new ShapeException($"{method}: the value has shape {value.Shape}; its last axis must be of length {dimension} (batch {batch}).");
        }

        Shape lead = Shape.Broadcast(value.Shape[..^1], batch, method);
        return value.DType == dtype
            ? value.BroadcastTo(lead.Concat([dimension]))
            : throw new DTypeException($"{method}: the value is {value.DType} {value.Shape}, but the prediction is {dtype}; convert the value with Cast(DType.{dtype}).");
    }

    /// <summary>Copies of a value along a new first axis.</summary>
    public static Tensor Repeated(Tensor value, int copies) => value.BroadcastTo(Shape.Create([copies]).Concat(value.Shape));

    /// <summary>The largest magnitude whose square the type can hold: what lies beyond is out of reach of a density of vectors.</summary>
    public static double Reach(DType dtype) => Math.Sqrt(dtype == DType.Float32 ? float.MaxValue : double.MaxValue);
}
