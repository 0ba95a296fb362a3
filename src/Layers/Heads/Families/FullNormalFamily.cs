using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Normals of any covariance by the Cholesky factor L = D·U: D diagonal and above a floor, U with a unit diagonal and entries below it within ±100. The
/// determinant of L is that of D, so that the density is bounded by the floor whatever U is.
/// </summary>
internal sealed class FullNormalFamily : VectorHeadFamily<MultivariateNormal>
{
    private readonly double _minScale;

    // Where the entries of U come from: the entries below the diagonal row by row, then a 0, then a 1.
    private readonly long[] _source;

    public FullNormalFamily(string head, int length, double minScale)
    {
        Length = OutputCount.Require(head, length);
        _minScale = PositiveParameter.RequireFloor(head, nameof(minScale), minScale);
        int below = length * (length - 1) / 2;
        _source = new long[length * length];
        for (int i = 0, next = 0; i < length; i++)
        {
            for (int j = 0; j < length; j++)
            {
                _source[(i * length) + j] = j < i ? next++ : j > i ? below : below + 1;
            }
        }
    }

    public override int ParameterCount => Length * (Length + 3) / 2;

    public override int Length { get; }

    public override MultivariateNormal FromRaw(Tensor raw)
    {
        int n = Length;
        Tensor diagonal = PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, n..(2 * n)], _minScale);
        Tensor below = BoundedParameter.FromRaw(raw[TensorIndex.Ellipsis, (2 * n)..]);
        Shape one = raw.Shape[..^1].Concat([1]);
        Tensor entries = Tensor.Concat([below, Tensor.Zeros(one, raw.DType), Tensor.Ones(one, raw.DType)], -1);
        Tensor unit = entries.IndexSelect(-1, Tensor.From(_source).AsFree()).Reshape(raw.Shape[..^1].Concat([n, n]));
        return new(raw[TensorIndex.Ellipsis, ..n], diagonal.Unsqueeze(-1) * unit);
    }

    public override Tensor ToRaw(Tensor mean, Tensor stdDev) => Tensor.Concat(
        [mean, PositiveParameter.ToRaw(stdDev, _minScale), Tensor.Zeros(mean.Shape[..^1].Concat([ParameterCount - (2 * Length)]), mean.DType)], -1);

    public override MultivariateNormal Rescale(MultivariateNormal distribution, Tensor loc, Tensor scale) => distribution.AffineTransform(loc, scale);
}
