namespace ProbNet.Autodiff;

/// <summary>
/// A shape seen as rows: the first axis longer than 1 counts the rows, the axes after it are one row. Operations that compute each row from the same
/// row of their inputs can run tile of rows by tile of rows, one after another while the rows are in the cache.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Position">The axis of the rows, counted from the end: 1 is the last axis; 0 if no axis is longer than 1.</param>
/// <param name="Width">Elements of a row.</param>
internal readonly record struct RowForm(int Rows, int Position, int Width)
{
    public static RowForm Of(Shape shape)
    {
        ReadOnlySpan<int> lengths = shape.AsSpan();
        for (int axis = 0; axis < lengths.Length; axis++)
        {
            if (lengths[axis] != 1)
            {
                return new(lengths[axis], lengths.Length - axis, lengths[axis] == 0 ? 0 : shape.Size / lengths[axis]);
            }
        }

        return new(1, 0, 1);
    }

    /// <summary>
    /// Whether an operation can run row by row, given which of its inputs are computed row by row in the same group: each such input must have its
    /// rows where the result has them. Other inputs are whole and may be read in any way.
    /// </summary>
    public static bool IsRowwise(GraphNode node, Func<GraphNode, bool> isInGroup)
    {
        RowForm form = Of(node.Shape);
        if (form.Rows == 0)
        {
            return false;
        }

        switch (node.Op)
        {
            case Reshape:
                return !isInGroup(node.Inputs[0]) || Of(node.Inputs[0].Shape).Rows == form.Rows;
            case Slice or BroadcastTo or Permute:
                return !isInGroup(node.Inputs[0]) || KeepsRows(node, form);
            case Embed embed:
                return embed.Starts.Length < form.Position && SameRows(node.Inputs[0], form);
            case Concat concat:
                return -concat.Axis < form.Position && Array.TrueForAll(node.Inputs, input => SameRows(input, form));
            case MatMul product:
                return IsRowProduct(product, node, form) && !isInGroup(node.Inputs[1]);
            default:
                return RowKernelOf(node) is { } rows
                    ? IsWithinRow(node, rows.Columns, form)
                    : IsElementwise(node) && Array.TrueForAll(node.Inputs, input => !isInGroup(input) || SameRows(input, form));
        }
    }

    public static bool IsElementwise(GraphNode node) => BlockKernelOf(node) is not null;

    public static BlockKernel? BlockKernelOf(GraphNode node)
    {
        Span<DType> types = stackalloc DType[node.Inputs.Length];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = node.Inputs[i].Type.DType;
        }

        return node.Op!.Block(types);
    }

    public static RowKernel? RowKernelOf(GraphNode node) => node.Inputs.Length == 1 ? node.Op!.Rows(node.Inputs[0].Type) : null;

    private static bool SameRows(GraphNode input, RowForm form)
    {
        RowForm own = Of(input.Shape);
        return own.Rows == form.Rows && (own.Position == form.Position || form.Rows == 1);
    }

    /// <summary>Whether a view takes each row from the same row, whole along the axis of the rows.</summary>
    private static bool KeepsRows(GraphNode node, RowForm form)
    {
        if (!SameRows(node.Inputs[0], form))
        {
            return false;
        }

        // One element is its own row, wherever it stands.
        return form.Position == 0 || node.Op switch
        {
            Slice slice => slice.Starts.Length < form.Position || slice.Steps[^form.Position] == 1,
            Permute permute => permute.Order.Length < form.Position || permute.Order[^form.Position] == -form.Position,
            _ => true,
        };
    }

    /// <summary>The reduced axes, the last ones, must lie within a row of the input.</summary>
    private static bool IsWithinRow(GraphNode node, int columns, RowForm form)
    {
        GraphNode x = node.Inputs[0];
        RowForm own = Of(x.Shape);
        if (own.Rows != form.Rows || own.Position < 2)
        {
            return false;
        }

        int reduced = 0, length = 1;
        while (length < columns || (node.Op is ReduceOp op && reduced < op.Axes.Length))
        {
            length *= x.Shape[-++reduced];
        }

        return Math.Max(reduced, 1) < own.Position;
    }

    /// <summary>Whether a product is of rows by one matrix: [rows, k]·[k, n], with any axes between that belong to the row.</summary>
    private static bool IsRowProduct(MatMul product, GraphNode node, RowForm form)
    {
        GraphNode a = node.Inputs[0], b = node.Inputs[1];
        return !product.TransposeLeft && node.Type.DType.IsFloating() && a.Shape[-1] > 0
            && form.Position >= 2 && SameRows(a, form) && Matrix(b.Shape)
            && !(Matrix(a.Shape) && MatMulTiling.CutsColumnsOnly(node.Shape[-2], node.Shape[-1], a.Shape[-1]));
    }

    /// <summary>Whether all axes but the last two are of length 1.</summary>
    public static bool Matrix(Shape shape) => shape.Rank >= 2 && shape[..^2].Size == 1;
}
