namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>Running sums along an axis: y_i = Σ_{j≤i} x_j.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor CumSum(int axis) => new CumSum(Shape.NormalizeAxis(axis, "CumSum") - Rank, reverse: false).Apply(this);

    /// <summary>Running products along an axis: y_i = Π_{j≤i} x_j. The gradient is exact with any number of zeros.</summary>
    /// <inheritdoc cref="CumSum"/>
    public Tensor CumProd(int axis) => new CumProd(Shape.NormalizeAxis(axis, "CumProd") - Rank, reverse: false).Apply(this);

    /// <summary>Running log-sum-exp along an axis: y_i = log Σ_{j≤i} e^{x_j}, without overflow.</summary>
    /// <inheritdoc cref="CumSum"/>
    public Tensor LogCumSumExp(int axis) => new LogCumSumExp(Shape.NormalizeAxis(axis, "LogCumSumExp") - Rank, reverse: false).Apply(this);

    /// <summary>
    /// Runs y_i = a_i y_{i−1} + b_i along an axis, from y_{−1} = 0, where this tensor holds the factors a: exponential averages, autoregressive
    /// processes, discounted sums.
    /// </summary>
    /// <param name="terms">The terms b, of the same shape.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the shapes differ.</exception>
    public Tensor LinearRecurrence(Tensor terms, int axis) =>
        new LinearRecurrence(Shape.NormalizeAxis(axis, "LinearRecurrence") - Rank, reverse: false).Apply(this, terms);

    /// <summary>
    /// eˣ / Σ eˣ along an axis: positive, with a sum of one. Where all elements are −∞, zeros.
    /// </summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor Softmax(int axis = -1) => AlongLast(Autodiff.Softmax.Instance, axis);

    /// <summary>x − log Σ eˣ along an axis: the logarithm of <see cref="Softmax"/>, accurate where that is small.</summary>
    /// <inheritdoc cref="Softmax"/>
    public Tensor LogSoftmax(int axis = -1) => AlongLast(Autodiff.LogSoftmax.Instance, axis);

    /// <summary>Applies an operation on rows to another axis than the last.</summary>
    private Tensor AlongLast(RowMap op, int axis)
    {
        int at = Shape.NormalizeAxis(axis, op.Name);
        return at == Rank - 1 ? op.Apply(this) : op.Apply(Transpose(at, Rank - 1)).Transpose(at, Rank - 1);
    }
}
