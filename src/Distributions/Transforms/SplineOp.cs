using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A function of the argument of rational-quadratic splines, [...], and of their raw parameters, [..., P]: one spline for each element. Only the value, not the gradient,
/// may be asked of splines that points of leading axes share: sample + [...] and [..., P].
/// </summary>
internal abstract class SplineOp(SplineShape shape) : Op
{
    // Some microseconds of work, whose scratch memory stays in the first-level cache.
    private const int TileRows = 64;

    // From so many tiles on threads share them.
    private const int SharedTiles = 4;

    /// <summary>How the raw parameters make a spline.</summary>
    protected SplineShape Settings => shape;

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        switch (result)
        {
            case float[] y: Run(inputs, y); break;
            case double[] y: Run(inputs, y); break;
        }
    }

    // Elements are independent: a batch is one more axis of them.
    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(
        [.. inputs.Select((input, i) => batched[i] ? input : input.BroadcastTo(Shape.Create([size]).Concat(input.Shape)))]);

    /// <summary>Computes some elements.</summary>
    protected abstract void Run<T>(SplineTile<T> tile, ReadOnlySpan<T> x, ReadOnlySpan<T> raw, ReadOnlySpan<T> extra, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private void Run<T>(Tensor[] inputs, T[] result) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new Job<T>(this, inputs[0].Data<T>(), inputs[1].Data<T>(), inputs.Length > 2 ? inputs[2].Data<T>() : [], result);
        int tiles = (job.Splines + TileRows - 1) / TileRows;
        if (tiles >= SharedTiles)
        {
            Workers.Run(tiles, ref job);
            return;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    private readonly struct Job<T>(SplineOp op, T[] x, T[] raw, T[] extra, T[] result) : ITileJob where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public int Splines => raw.Length / op.Settings.RawSize;

        public void Execute(int tile)
        {
            int start = tile * TileRows, count = Math.Min(TileRows, Splines - start), size = op.Settings.RawSize;
            using var scratch = new Scratch<T>(SplineTile<T>.ScratchSize(op.Settings, count));
            using var bins = new Scratch<SplineBin<T>>(count);
            var splines = new SplineTile<T>(op.Settings, scratch.Span, bins.Span);
            ReadOnlySpan<T> rows = raw.AsSpan(start * size, count * size);
            splines.Load(rows);
            for (int at = start; at < x.Length; at += Splines)
            {
                op.Run(splines, Part(x, at, count), rows, Part(extra, at, count), Part(result, at, count));
            }
        }

        private Span<T> Part(T[] all, int start, int count)
        {
            int each = all.Length / x.Length;
            return all.AsSpan(start * each, count * each);
        }
    }
}
