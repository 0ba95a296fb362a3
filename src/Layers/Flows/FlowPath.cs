using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The way from noise (t = 0) to data (t = 1) along a velocity field under given features: what the predictions of continuous flows hold. In a traced function the equation
/// is solved by fixed steps, elsewhere adaptively.
/// </summary>
/// <param name="velocity">The field.</param>
/// <param name="batch">The shape of distributions side by side.</param>
/// <param name="context">What the features give to the field, [batch, width], or one row for all.</param>
/// <param name="weights">Those of the field's network when the prediction was made: training that goes on does not change it.</param>
/// <param name="loc">The shift of the data.</param>
/// <param name="scale">Their factor.</param>
internal sealed class FlowPath(FlowField velocity, Shape batch, Tensor context, Tensor[] weights, Tensor loc, Tensor scale)
{
    // Rows solved together: their directions stay within some megabytes.
    private const int Rows = 4096;

    public FlowField Field => velocity;

    public Tensor Context => context;

    public Tensor[] Weights => weights;

    public Tensor Loc => loc;

    public Tensor Scale => scale;

    public int Dimension => velocity.Dimension;

    public Shape BatchShape => batch;

    /// <summary>The path of shift + factor·x.</summary>
    public FlowPath Rescaled(Tensor shift, Tensor factor) => new(velocity, batch, context, weights, shift + (factor * loc), factor * scale);

    /// <summary>Values in the units of the field.</summary>
    public Tensor Standardize(Tensor value) => (value - loc) / scale;

    /// <summary>The log density of values, [...]: exact, or with a key an unbiased estimate. −∞ where the square of a finite value is beyond the range of the type.</summary>
    public Tensor LogDensity(Tensor value, RandomKey? probe)
    {
        if (!value.IsSymbolic && (value.IsFinite() & !IsWithin(Standardize(value))).Any(-1) is var isFar && (bool)isFar.Any())
        {
            Tensor near = LogDensity(Tensor.Where(isFar.Unsqueeze(-1), loc, value), probe);
            return Tensor.Where(isFar & !near.IsNaN(), double.NegativeInfinity, near);
        }

        (Tensor noise, Tensor logDet) = Map(value, toData: false, probe);
        return logDet - (0.5 * noise.Square().Sum(-1)) - (0.5 * Dimension * Math.Log(2 * Math.PI));
    }

    /// <summary>What noise becomes, or where data come from, and the log-determinant of that map: exact, or with a key an unbiased estimate.</summary>
    public (Tensor Value, Tensor LogDet) Map(Tensor from, bool toData, RandomKey? probe = null)
    {
        Tensor x = toData ? from : Standardize(from), logFactor = scale.Abs().Log().BroadcastTo([Dimension]).Sum();
        Shape shape = Shape.Broadcast(x.Shape, BatchShape.Concat([Dimension]), "ContinuousFlow");
        (double start, double stop) = toData ? (0, 1) : (1, 0);

        // The integral of the divergence taken along is that of its negative, in either direction.
        Tensor end = InChunks(x.BroadcastTo(shape), (rows, each, i) =>
        {
            Tensor zero = rows[.., 0] * 0;
            Tensor[] state = probe is { } key
                ? velocity.Solve(FlowTask.Estimate, [rows, zero, Signs(key.FoldIn((ulong)i), rows)], each, weights, start, stop)
                : velocity.Solve(FlowTask.Density, [rows, zero], each, weights, start, stop);
            return Tensor.Concat([state[0], -state[1].Unsqueeze(-1)], -1);
        }).Reshape(shape[..^1].Concat([Dimension + 1]));
        (Tensor value, Tensor logDet) = (end[TensorIndex.Ellipsis, ..Dimension], end[TensorIndex.Ellipsis, Dimension]);
        return toData ? (loc + (scale * value), logDet + logFactor) : (value, logDet - logFactor);
    }

    /// <summary>What noise becomes, or where data come from.</summary>
    public Tensor Move(Tensor from, bool toData)
    {
        Tensor x = toData ? from : Standardize(from);
        Shape shape = Shape.Broadcast(x.Shape, BatchShape.Concat([Dimension]), "ContinuousFlow");
        (double start, double stop) = toData ? (0, 1) : (1, 0);
        Tensor end = InChunks(x.BroadcastTo(shape), (rows, each, _) => velocity.Solve(FlowTask.Point, [rows], each, weights, start, stop)[0]).Reshape(shape);
        return toData ? loc + (scale * end) : end;
    }

    /// <summary>Draws of a shape that ends in batch and event.</summary>
    public Tensor Draw(RandomKey key, Shape shape) => Move(key.Normal(shape, loc.DType).To(context.Device), toData: true);

    // Directions of ±1, whose variance is the least (Hutchinson 1990).
    private static Tensor Signs(RandomKey key, Tensor like) =>
        (2 * (key.Uniform(like.Shape, like.DType) < 0.5).Cast(like.DType)).To(like.Device) - 1;

    // Finite, and so is its square.
    private static Tensor IsWithin(Tensor x) => x.Abs() <= VectorValue.Reach(x.DType);

    private Tensor InChunks(Tensor x, Func<Tensor, Tensor, int, Tensor> solve)
    {
        Tensor rows = x.Reshape(-1, Dimension);
        bool isShared = context.Shape[0] == 1;
        Tensor each = isShared ? context
            : context.Reshape(batch.Concat(context.Shape[1..])).BroadcastTo(x.Shape[..^1].Concat(context.Shape[1..])).Reshape(-1, context.Shape[1]);
        int n = rows.Shape[0];
        if (x.IsSymbolic)
        {
            return solve(rows, each, 0);
        }

        // The adaptive steps are common to the rows of a part: one whose square is not finite would stop them all. It stands aside, and is unknown in the end.
        Tensor known = IsWithin(rows).All([-1], keepDims: true) & each.IsFinite().All([-1], keepDims: true);
        rows = Tensor.Where(IsWithin(rows), rows, 0.0);
        each = Tensor.Where(each.IsFinite(), each, 0.0);
        var parts = new List<Tensor>();
        for (int start = 0; start < Math.Max(1, n); start += Rows)
        {
            Range part = start..Math.Min(n, start + Rows);
            parts.Add(solve(rows[part], isShared ? each : each[part], parts.Count));
        }

        return Tensor.Where(known, parts.Count == 1 ? parts[0] : Tensor.Concat(parts), double.NaN);
    }
}
