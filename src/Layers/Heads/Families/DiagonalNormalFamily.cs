using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Normals of independent coordinates: means, then standard deviations above a floor.</summary>
internal sealed class DiagonalNormalFamily(string head, int outputs, double minScale) : VectorHeadFamily<Independent<Normal>>
{
    private readonly double _minScale = PositiveParameter.RequireFloor(head, nameof(minScale), minScale);

    public override int ParameterCount => 2 * Length;

    public override int Length { get; } = OutputCount.Require(head, outputs);

    public override Independent<Normal> FromRaw(Tensor raw) => MultivariateNormal.Diagonal(
        raw[TensorIndex.Ellipsis, ..Length], PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, Length..], _minScale));

    public override Tensor ToRaw(Tensor mean, Tensor stdDev) => Tensor.Concat([mean, PositiveParameter.ToRaw(stdDev, _minScale)], -1);

    public override Independent<Normal> Rescale(Independent<Normal> distribution, Tensor loc, Tensor scale) =>
        new(distribution.Coordinates.AffineTransform(loc, scale), 1);
}
