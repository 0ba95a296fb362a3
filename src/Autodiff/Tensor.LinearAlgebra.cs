namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product, on the last two axes; leading axes broadcast. A vector on the left is a row, on the right a column, and its axis
    /// disappears from the result.
    /// </summary>
    /// <param name="right">The right factor: [..., k, n] or [k].</param>
    /// <exception cref="ShapeException">The inner dimensions differ, or the leading axes do not broadcast.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    public Tensor MatMul(Tensor right)
    {
        if (Rank == 0 || right.Rank == 0)
        {
            throw new ShapeException($"MatMul: shapes {Shape} and {right.Shape}: a scalar is not a matrix; use * instead.");
        }

        Tensor a = Rank == 1 ? Unsqueeze(0) : this, b = right.Rank == 1 ? right.Unsqueeze(1) : right;

        // Rows of a batch against one matrix are one larger matrix: one product forward, and no sum over the batch backward.
        Tensor product = a.Rank > 2 && b.Rank == 2 && a.Shape[-1] == b.Shape[0]
            ? new MatMul(false, false).Apply(a.Reshape(a.Shape[..^1].Size, a.Shape[-1]), b).Reshape(a.Shape.With(-1, b.Shape[1]))
            : new MatMul(false, false).Apply(a, b);
        if (Rank == 1)
        {
            product = product.Squeeze(-2);
        }

        return right.Rank == 1 ? product.Squeeze(-1) : product;
    }

    /// <summary>
    /// The assignment of rows to columns, every column at most once, whose costs have the least sum (Jonker and Volgenant 1987; Crouse 2016). The cost grows as
    /// the cube of the size at worst; no gradient flows through.
    /// </summary>
    /// <returns>Of costs [..., rows, columns], the column of each row, [..., rows], as Int64.</returns>
    /// <exception cref="ShapeException">There are fewer columns than rows.</exception>
    /// <exception cref="ArgumentException">A cost is NaN or beyond ±1e290, from where sums of costs could leave the range of a double.</exception>
    public Tensor LinearAssignment() => Autodiff.LinearAssignment.Instance.Apply(this);
}
