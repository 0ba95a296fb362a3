using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A function of the argument of rational-quadratic splines, [...], and of their raw parameters, [..., P]: one spline for each element. Only the value, not the gradient,
/// may be asked of splines that points of leading axes share: sample + [...] and [..., P].
/// </summary>
internal abstract class SplineOp(SplineShape shape) : Op
{
    // Some microseconds of work.
    private const int TileRows = 64;

    // From so many splines on threads share them.
    private const int SharedRows = 256;

    /// <summary>How the raw parameters make a spline.</summary>
    protected SplineShape Settings => shape;

    public override bool SharesThreads => true;

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
    /// <param name="splines">Their splines.</param>
    /// <param name="x">The arguments.</param>
    /// <param name="extra">The third input, if there is one.</param>
    /// <param name="result">The results.</param>
    /// <param name="count">How many elements.</param>
    protected abstract unsafe void Run<V, T>(in SplineLanes<V, T> splines, T* x, T* extra, T* result, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private unsafe void Run<T>(Tensor[] inputs, T[] result) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* x = inputs[0].Data<T>(), raw = inputs[1].Data<T>(), extra = inputs.Length > 2 ? inputs[2].Data<T>() : null, y = result)
        {
            int points = inputs[0].Size, splines = inputs[1].Size / shape.RawSize;
            var job = new Job<T>(this, x, raw, extra, y, points, splines, points == 0 ? 0 : result.Length / points);
            int tiles = (splines + TileRows - 1) / TileRows;
            if (splines >= SharedRows)
            {
                Workers.Run(tiles, ref job);
                return;
            }

            for (int tile = 0; tile < tiles; tile++)
            {
                job.Execute(tile);
            }
        }
    }

    private readonly unsafe struct Job<T>(SplineOp op, T* x, T* raw, T* extra, T* result, int points, int splines, int each) : ITileJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile)
        {
            int start = tile * TileRows, end = Math.Min(start + TileRows, splines);
            if (Simd.Use512)
            {
                Run<Lanes512<T>>(start, end);
            }
            else if (Simd.Use256)
            {
                Run<Lanes256<T>>(start, end);
            }
            else
            {
                Run<Lanes128<T>>(start, end);
            }
        }

        private void Run<V>(int start, int end) where V : struct, ILanes<V, T>
        {
            const int Alignment = 64;
            int size = op.Settings.RawSize;
            using var scratch = new Scratch<T>(SplineLanes<V, T>.ScratchSize(op.Settings) + (Alignment / sizeof(T)));
            fixed (T* memory = scratch.Span)
            {
                var lanes = new SplineLanes<V, T>(op.Settings, (T*)(((nuint)memory + Alignment - 1) / Alignment * Alignment));
                for (; start < end; start += V.Count)
                {
                    int count = Math.Min(V.Count, end - start);
                    lanes.Load(raw + ((nint)start * size), count);
                    for (nint at = start; at < points; at += splines)
                    {
                        op.Run(lanes, x + at, extra + (2 * at), result + (at * each), count);
                    }
                }
            }
        }
    }
}
