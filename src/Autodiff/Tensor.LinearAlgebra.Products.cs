namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>
    /// Sums of products by label, as NumPy and PyTorch write them: <c>"ij,jk-&gt;ik"</c> is the matrix product, <c>"ii-&gt;i"</c> the diagonal,
    /// <c>"bi,ijk,bk-&gt;bj"</c> a bilinear form for each b. A label that is not in the result is summed over.
    /// </summary>
    /// <param name="equation">
    /// A letter for each axis of each operand, and after the arrow of the result; <c>...</c> stands for any axes, which broadcast. Without an arrow
    /// the result has the labels that stand once, in alphabetical order.
    /// </param>
    /// <param name="operands">One for each term before the arrow.</param>
    /// <exception cref="ShapeException">An operand has other axes than its labels, or two lengths of one label differ.</exception>
    /// <exception cref="ArgumentException">The equation is not well formed.</exception>
    public static Tensor Einsum(string equation, params Tensor[] operands) => Autodiff.Einsum.Run(equation, operands);

    /// <summary>All products of the elements of two vectors: a matrix [..., n, m].</summary>
    /// <param name="right">[..., m]; leading axes broadcast.</param>
    /// <exception cref="ShapeException">One of the two is a scalar.</exception>
    public Tensor Outer(Tensor right) => Rank > 0 && right.Rank > 0
        ? Unsqueeze(-1) * right.Unsqueeze(-2)
        : throw new ShapeException($"Outer: shapes {Shape} and {right.Shape}: a scalar is not a vector; use * instead.");

    /// <summary>The inner product over the last axis; leading axes broadcast.</summary>
    /// <param name="right">[..., n].</param>
    /// <exception cref="ShapeException">The last axes differ, or one of the two is a scalar.</exception>
    public Tensor Dot(Tensor right) => Rank > 0 && right.Rank > 0 && Shape[-1] == right.Shape[-1]
        ? (this * right).Sum(-1)
        : throw new ShapeException($"Dot: shapes {Shape} and {right.Shape} must have last axes of one length.");

    /// <summary>The Kronecker product, on the last two axes: [..., a·c, b·d] from [..., a, b] and [..., c, d].</summary>
    /// <param name="right">[..., c, d]; leading axes broadcast.</param>
    /// <exception cref="ShapeException">One of the two has fewer than two axes.</exception>
    public Tensor Kron(Tensor right)
    {
        if (Rank < 2 || right.Rank < 2)
        {
            throw new ShapeException($"Kron: shapes {Shape} and {right.Shape}: two matrices are needed.");
        }

        Tensor product = Reshape(Shape[..^2].Concat([Shape[-2], 1, Shape[-1], 1]))
            * right.Reshape(right.Shape[..^2].Concat([1, right.Shape[-2], 1, right.Shape[-1]]));
        return product.Reshape(product.Shape[..^4].Concat([Shape[-2] * right.Shape[-2], Shape[-1] * right.Shape[-1]]));
    }
}
