using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>A map as the battery sees it.</summary>
/// <param name="Name">Its name in test lists.</param>
/// <param name="Create">Makes the map from its parameter tensors.</param>
/// <param name="Parameters">The parameters, in Float64.</param>
/// <param name="Points">Ordinary arguments: the first axis lists them, the last ones are those of one argument.</param>
public sealed record TransformCase(string Name, Func<Tensor[], Transform> Create, Tensor[] Parameters, Tensor Points)
{
    /// <summary>Arguments at which nothing may become NaN, of the same event shape.</summary>
    public Tensor? Extremes { get; init; }

    /// <summary>Arguments whose results are far enough from the ends that differences of the inverse are accurate; the points if null.</summary>
    public Tensor? Gentle { get; init; }

    /// <summary>The coordinates of a result that are free, as a vector: those with respect to which the log-determinant is taken.</summary>
    public Func<Tensor, Tensor> Free { get; init; } = static y => y.Reshape(-1);

    /// <summary>How many orders of derivatives exist at the points.</summary>
    public int Order { get; init; } = 2;

    /// <summary>Whether it can be traced: a numeric search reads values.</summary>
    public bool InverseCompiles { get; init; } = true;

    public Transform Make(DType dtype = DType.Float64) => Create(Array.ConvertAll(Parameters, p => p.Cast(dtype)));

    public override string ToString() => Name;
}
