using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>The units of data against those in which a prediction's networks compute: data = loc + scale·x. Without a scale, the default, they are the same.</summary>
/// <param name="Loc">The shift.</param>
/// <param name="Scale">The factor.</param>
internal readonly record struct AffineUnits(Tensor? Loc, Tensor? Scale)
{
    /// <summary>Data in the units of the networks.</summary>
    public Tensor ToNetwork(Tensor data) => Scale is null ? data : (data - Loc!) / Scale;

    /// <summary>What networks give, in the units of the data.</summary>
    public Tensor ToData(Tensor x) => Scale is null ? x : Loc! + (Scale * x);

    /// <summary>The units of loc + scale·y for data y.</summary>
    public AffineUnits Then(Tensor loc, Tensor scale) => Scale is null ? new(loc, scale) : new(loc + (scale * Loc!), scale * Scale);

    /// <summary>ln |scale|, summed over the coordinates of data of a shape.</summary>
    public Tensor LogFactor(Shape data, DType dtype) => Scale is null ? Tensor.Scalar(0, dtype).AsFree() : Scale.BroadcastTo(data).Abs().Log().Sum();
}
