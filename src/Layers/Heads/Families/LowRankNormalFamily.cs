using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Normals of covariance D·(I + R·Rᵀ)·D: D diagonal and above a floor, R of few columns with entries within ±100, so that single precision can factor it.
/// </summary>
internal sealed class LowRankNormalFamily(string head, int outputs, int rank, double minScale) : VectorHeadFamily<LowRankMultivariateNormal>
{
    private readonly int _rank = OutputCount.RequireRank(head, rank, outputs);
    private readonly double _minScale = PositiveParameter.RequireFloor(head, nameof(minScale), minScale);

    public override int ParameterCount => Length * (2 + _rank);

    public override int Length { get; } = OutputCount.Require(head, outputs);

    public override LowRankMultivariateNormal FromRaw(Tensor raw)
    {
        Tensor scale = PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, Length..(2 * Length)], _minScale);
        Tensor factor = BoundedParameter.FromRaw(raw[TensorIndex.Ellipsis, (2 * Length)..]).Reshape(raw.Shape[..^1].Concat([Length, _rank]));
        return new(raw[TensorIndex.Ellipsis, ..Length], scale.Unsqueeze(-1) * factor, scale.Square());
    }

    public override Tensor ToRaw(Tensor mean, Tensor stdDev)
    {
        // Not zero, where the gradient of R vanishes: columns of cosines, as a cosine transform has them, that explain a part of the variance.
        double[] columns = new double[Length * _rank];
        double[] widths = new double[Length];
        for (int i = 0; i < Length; i++)
        {
            double square = 0;
            for (int j = 0; j < _rank; j++)
            {
                double entry = 0.5 / Math.Sqrt(_rank) * Math.Cos(Math.PI * j * (i + 0.5) / Length);
                columns[(i * _rank) + j] = entry;
                square += entry * entry;
            }

            widths[i] = 1 / Math.Sqrt(1 + square);
        }

        Tensor factor = Tensor.From(columns).AsFree().Cast(mean.DType), width = Tensor.From(widths).AsFree().Cast(mean.DType);
        return Tensor.Concat(
            [mean, PositiveParameter.ToRaw(stdDev * width, _minScale),
                BoundedParameter.ToRaw(factor).BroadcastTo(mean.Shape[..^1].Concat([columns.Length]))], -1);
    }

    public override LowRankMultivariateNormal Rescale(LowRankMultivariateNormal distribution, Tensor loc, Tensor scale) =>
        distribution.AffineTransform(loc, scale);
}
