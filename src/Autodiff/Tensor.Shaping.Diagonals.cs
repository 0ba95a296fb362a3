namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The diagonal of the matrices that two axes span; it becomes the last axis.</summary>
    /// <param name="offset">Which diagonal: 0 the main one, positive above it, negative below.</param>
    /// <param name="axis1">The axis of the rows.</param>
    /// <param name="axis2">The axis of the columns.</param>
    /// <exception cref="ShapeException">An axis does not exist, or they are the same.</exception>
    public Tensor Diagonal(int offset = 0, int axis1 = -2, int axis2 = -1)
    {
        int a = Shape.NormalizeAxis(axis1, "Diagonal"), b = Shape.NormalizeAxis(axis2, "Diagonal");
        if (a == b)
        {
            throw new ShapeException($"Diagonal: axes {axis1} and {axis2} of shape {Shape} are the same; a matrix has two.");
        }

        int[] order = [.. Enumerable.Range(0, Rank).Where(axis => axis != a && axis != b), a, b];
        Tensor x = a == Rank - 2 && b == Rank - 1 ? this : Permute(order);
        int rows = x.Shape[-2], columns = x.Shape[-1];
        int length = Math.Max(0, offset >= 0 ? Math.Min(rows, columns - offset) : Math.Min(rows + offset, columns));
        int start = length == 0 ? 0 : offset >= 0 ? offset : -offset * columns;
        return new Slice([start], [length], [columns + 1]).Apply(x.Reshape(x.Shape[..^2].Concat([rows * columns])));
    }

    /// <summary>Square matrices, in two new last axes, with the last axis of this on a diagonal and zeros elsewhere.</summary>
    /// <param name="offset">Which diagonal: 0 the main one, positive above it, negative below.</param>
    /// <exception cref="ShapeException">The tensor is a scalar.</exception>
    public Tensor DiagEmbed(int offset = 0)
    {
        int n = Shape[Shape.NormalizeAxis(-1, "DiagEmbed")] + Math.Abs(offset);
        int start = offset >= 0 ? offset : -offset * n;
        return new Embed([n * n], [start], [n + 1]).Apply(this).Reshape(Shape[..^1].Concat([n, n]));
    }

    /// <summary>Of a vector, the matrix with it on a diagonal; of matrices, their diagonals.</summary>
    /// <inheritdoc cref="DiagEmbed"/>
    public Tensor Diag(int offset = 0) => Rank >= 2 ? Diagonal(offset) : DiagEmbed(offset);

    /// <summary>The lower triangle of the matrices in the last two axes: elements with column ≤ row + offset; zero elsewhere.</summary>
    /// <exception cref="ShapeException">The tensor has fewer than two axes.</exception>
    public Tensor Tril(int offset = 0) => new Triangle(upper: false, offset).Apply(this);

    /// <summary>The upper triangle of the matrices in the last two axes: elements with column ≥ row + offset; zero elsewhere.</summary>
    /// <inheritdoc cref="Tril"/>
    public Tensor Triu(int offset = 0) => new Triangle(upper: true, offset).Apply(this);

    /// <summary>The sum of the diagonal of the matrices in the last two axes.</summary>
    /// <inheritdoc cref="Tril"/>
    public Tensor Trace() => Rank >= 2
        ? Diagonal().Sum(-1)
        : throw new ShapeException($"Trace: shape {Shape} has {Rank} axes; a matrix in the last two is needed.");

    /// <summary>Moves an axis to another place; the others keep their order.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public Tensor MoveAxis(int source, int destination)
    {
        int from = Shape.NormalizeAxis(source, "MoveAxis"), to = Shape.NormalizeAxis(destination, "MoveAxis");
        List<int> order = [.. Enumerable.Range(0, Rank)];
        order.RemoveAt(from);
        order.Insert(to, from);
        return from == to ? this : Permute([.. order]);
    }

    /// <summary>Joins neighbouring axes into one; a scalar becomes a vector of one element.</summary>
    /// <param name="first">The first of them; negative counts from the end.</param>
    /// <param name="last">The last of them.</param>
    /// <exception cref="ShapeException">An axis does not exist, or the first comes after the last.</exception>
    public Tensor Flatten(int first = 0, int last = -1)
    {
        if (Rank == 0)
        {
            return Unsqueeze(0);
        }

        int from = Shape.NormalizeAxis(first, "Flatten"), to = Shape.NormalizeAxis(last, "Flatten");
        return from <= to
            ? Reshape((Shape)(int[])[.. Shape[..from], Shape[from..(to + 1)].Size, .. Shape[(to + 1)..]])
            : throw new ShapeException($"Flatten: axis {first} of shape {Shape} comes after axis {last}.");
    }
}
