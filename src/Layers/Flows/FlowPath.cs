using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The way from noise (t = 0) to data (t = 1) along a velocity field under given features: what the predictions of continuous flows hold. In a traced function the equation
/// is solved by fixed steps, elsewhere adaptively.
/// </summary>
internal sealed class FlowPath(FlowField velocity, Tensor context, Tensor loc, Tensor scale)
{
    // Rows solved together: their directions stay within some megabytes.
    private const int Rows = 4096;

    public FlowField Field => velocity;

    public Tensor Context => context;

    public Tensor Loc => loc;

    public Tensor Scale => scale;

    public int Dimension => velocity.Dimension;

    public Shape BatchShape => context.Shape[..^1];

    /// <summary>The path of shift + factor·x.</summary>
    public FlowPath Rescaled(Tensor shift, Tensor factor) => new(velocity, context, shift + (factor * loc), factor * scale);

    /// <summary>The log density of values, [...]: exact, or with a key an unbiased estimate.</summary>
    public Tensor LogDensity(Tensor value, RandomKey? probe)
    {
        Tensor x = (value - loc) / scale;
        Shape shape = Shape.Broadcast(x.Shape, BatchShape.Concat([Dimension]), "ContinuousFlow");
        Tensor log = InChunks(x.BroadcastTo(shape), (rows, features, i) =>
        {
            Tensor zero = rows[.., 0] * 0;
            Tensor[] end = probe is { } key
                ? velocity.Solve(FlowTask.Estimate, [rows, zero, Signs(key.FoldIn((ulong)i), rows)], features, 1, 0)
                : velocity.Solve(FlowTask.Density, [rows, zero], features, 1, 0);
            return (-0.5 * end[0].Square().Sum(-1)) - end[1];
        });
        return log.Reshape(shape[..^1]) - (0.5 * Dimension * Math.Log(2 * Math.PI)) - scale.Abs().Log().BroadcastTo([Dimension]).Sum();
    }

    /// <summary>Draws of a shape that ends in batch and event.</summary>
    public Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor noise = key.Normal(shape, loc.DType).To(context.Device);
        return loc + (scale * InChunks(noise, (rows, features, _) => velocity.Solve(FlowTask.Point, [rows], features, 0, 1)[0]).Reshape(shape));
    }

    // Directions of ±1, whose variance is the least (Hutchinson 1990).
    private static Tensor Signs(RandomKey key, Tensor like) =>
        (2 * (key.Uniform(like.Shape, like.DType) < 0.5).Cast(like.DType)).To(like.Device) - 1;

    private Tensor InChunks(Tensor x, Func<Tensor, Tensor, int, Tensor> solve)
    {
        Tensor rows = x.Reshape(-1, Dimension);
        Tensor features = velocity.Features == 0 ? Tensor.Zeros([1], x.DType).AsFree()
            : context.BroadcastTo(x.Shape[..^1].Concat([velocity.Features])).Reshape(-1, velocity.Features);
        int n = rows.Shape[0];
        if (n <= Rows || x.IsSymbolic)
        {
            return solve(rows, features, 0);
        }

        var parts = new List<Tensor>();
        for (int start = 0; start < n; start += Rows)
        {
            int stop = Math.Min(n, start + Rows);
            parts.Add(solve(rows[start..stop], velocity.Features == 0 ? features : features[start..stop], parts.Count));
        }

        return Tensor.Concat(parts);
    }
}
