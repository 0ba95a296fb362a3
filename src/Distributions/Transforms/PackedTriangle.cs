using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Lower triangles packed row by row into vectors: 00, 10, 11, 20, …, or without the diagonal: 10, 20, 21, ….</summary>
internal static class PackedTriangle
{
    /// <summary>The size n of the matrix whose triangle has a given number of entries.</summary>
    /// <exception cref="ShapeException">There is none.</exception>
    public static int Size(string transform, Shape packed, bool strict)
    {
        int length = packed.Rank == 0 ? -1 : packed[-1];
        int n = (int)Math.Round((Math.Sqrt((8.0 * Math.Max(0, length)) + 1) + (strict ? 1 : -1)) / 2);
        return length >= 0 && Length(n, strict) == length && n > 0
            ? n
            : throw new ShapeException(
                $"{transform}: a vector of shape {packed} does not fill a {(strict ? "strictly " : "")}lower triangle; {(strict ? "n(n − 1)/2" : "n(n + 1)/2")} entries do.");
    }

    /// <summary>How many entries the triangle of an n×n matrix has.</summary>
    public static int Length(int n, bool strict) => strict ? n * (n - 1) / 2 : n * (n + 1) / 2;

    /// <summary>[..., n, n] from [..., entries], zero elsewhere.</summary>
    public static Tensor Unpack(Tensor packed, int n, bool strict)
    {
        // Entries of the upper triangle come from a zero put behind the vector.
        int length = Length(n, strict);
        long[] source = new long[n * n];
        for (int i = 0, next = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                source[(i * n) + j] = j < i || (j == i && !strict) ? next++ : length;
            }
        }

        Tensor extended = Tensor.Concat([packed, Tensor.Zeros(packed.Shape[..^1].Concat([1]), packed.DType)], -1);
        return extended.IndexSelect(-1, Tensor.From(source).AsFree()).Reshape(packed.Shape[..^1].Concat([n, n]));
    }

    /// <summary>[..., entries] from the lower triangle of [..., n, n].</summary>
    public static Tensor Pack(Tensor matrix, bool strict)
    {
        int n = matrix.Shape[-1];
        long[] source = [.. Enumerable.Range(0, n * n).Where(k => k % n < k / n || (k % n == k / n && !strict)).Select(k => (long)k)];
        return matrix.Reshape(matrix.Shape[..^2].Concat([n * n])).IndexSelect(-1, Tensor.From(source).AsFree());
    }

    /// <summary>Shapes of a map from packed triangles to matrices.</summary>
    public static Shape ForwardShape(string transform, Shape shape, bool strict) => shape[..^1].Concat(Square(Size(transform, shape, strict)));

    /// <inheritdoc cref="ForwardShape"/>
    public static Shape InverseShape(string transform, Shape shape, bool strict) => shape.Rank >= 2 && shape[-1] == shape[-2]
        ? shape[..^2].Concat([Length(shape[-1], strict)])
        : throw new ShapeException($"{transform}: a square matrix is expected, not shape {shape}.");

    private static Shape Square(int n) => [n, n];
}
