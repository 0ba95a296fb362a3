using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Tables with a row for each distribution of a batch, of shape batch + [columns], searched and read at points of shape sample + batch: in the logarithm of the
/// columns, without a tensor that has both axes.
/// </summary>
internal readonly struct BatchRows(Shape batch)
{
    /// <summary>How many columns of an ascending row are below each value, or, from the right, not above it: Int64 of the broadcast shape.</summary>
    public Tensor Find(Tensor sorted, Tensor value, bool right = false)
    {
        Shape full = Shape.Broadcast(value.Shape, batch);
        return FromRows(ToRows(Gradient.Stop(sorted), full).SearchSorted(ToColumns(Gradient.Stop(value).BroadcastTo(full)), right), full);
    }

    /// <summary>The column of each row that an index of shape sample + batch names.</summary>
    public Tensor Read(Tensor table, Tensor index) => FromRows(ToRows(table, index.Shape).Gather(-1, ToColumns(index)), index.Shape);

    // [rows, columns], a row for each element of the last axes of the full shape.
    private Tensor ToRows(Tensor table, Shape full)
    {
        Shape rows = full[(full.Rank - batch.Rank)..];
        return table.BroadcastTo(rows.Concat([table.Shape[-1]])).Reshape([rows.Size, table.Shape[-1]]);
    }

    // sample + batch to [rows, samples].
    private Tensor ToColumns(Tensor x)
    {
        int rows = x.Shape[(x.Rank - batch.Rank)..].Size;
        return x.Reshape([rows == 0 ? 0 : x.Size / rows, rows]).Transpose();
    }

    private static Tensor FromRows(Tensor x, Shape full) => x.Transpose().Reshape(full);
}
