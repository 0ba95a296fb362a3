namespace ProbNet.Autodiff;

/// <summary>
/// y = eˣ / Σ eˣ over the last axis, shifted by the maximum. A row of −∞ alone gives zeros, as masked attention wants; elements at +∞ share
/// the whole. dx = y (dy − Σ y dy).
/// </summary>
internal sealed class Softmax : RowMap
{
    public static readonly Softmax Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor weighted = output * dy;
        return weighted - (output * weighted.Sum(-1, keepDims: true));
    }

    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns) => ReductionLoop.SoftmaxRows(x, y, rows, columns);

    protected override void MapInfinite<T>(ReadOnlySpan<T> x, Span<T> y, int ties)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.IsPositiveInfinity(x[i]) ? T.One / T.CreateChecked(ties) : T.Zero;
        }
    }
}
