namespace ProbNet.Autodiff;

/// <summary>
/// y = x − log Σ eˣ over the last axis. A row of −∞ alone stays −∞; elements at +∞ share the whole. dx = dy − e^y Σ dy.
/// </summary>
internal sealed class LogSoftmax : RowMap
{
    public static readonly LogSoftmax Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy - (output.Exp() * dy.Sum(-1, keepDims: true));

    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns) => ReductionLoop.LogSoftmaxRows(x, y, rows, columns);

    protected override void MapInfinite<T>(ReadOnlySpan<T> x, Span<T> y, int ties)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = T.IsPositiveInfinity(x[i]) ? -T.Log(T.CreateChecked(ties)) : T.NegativeInfinity;
        }
    }
}
