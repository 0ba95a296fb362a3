namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>
    /// Picks elements along an axis: y[…, i, …] = x[…, index[…, i, …], …]. The index has as many axes as this, and its shape is that of the result.
    /// </summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions, Int64 or Int32; negative ones count from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the index has other axes or is longer in another axis.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the axis.</exception>
    public Tensor Gather(int axis, Tensor index) => new Gather(Shape.NormalizeAxis(axis, "Gather") - Rank).Apply(this, index);

    /// <summary>Adds elements along an axis: y[…, index[…, i, …], …] += source[…, i, …]; several may meet.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions, Int64 or Int32; negative ones count from the end.</param>
    /// <param name="source">What to add: of the shape of the index and the type of this.</param>
    /// <inheritdoc cref="Gather"/>
    public Tensor ScatterAdd(int axis, Tensor index, Tensor source) =>
        new ScatterAdd(Shape.NormalizeAxis(axis, "ScatterAdd") - Rank).Apply(this, index, source);

    /// <summary>
    /// Replaces elements along an axis: y[…, index[…, i, …], …] = source[…, i, …]; of several that meet, the last in row-major order stays.
    /// </summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions, Int64 or Int32; negative ones count from the end.</param>
    /// <param name="source">The new elements: of the shape of the index and the type of this.</param>
    /// <inheritdoc cref="Gather"/>
    public Tensor Scatter(int axis, Tensor index, Tensor source) =>
        new Scatter(Shape.NormalizeAxis(axis, "Scatter") - Rank).Apply(this, index, source);

    /// <summary>Slices along an axis, at the positions of a vector.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions [n], Int64 or Int32; negative ones count from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist, or the index is not a vector.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the axis.</exception>
    public Tensor IndexSelect(int axis, Tensor index) => index.Rank == 1
        ? Take(axis, index)
        : throw new ShapeException($"IndexSelect: the index has shape {index.Shape}; a vector is needed. Take accepts an index of any shape.");

    /// <summary>Slices along an axis, at the positions of an index of any shape, whose axes take the place of that axis.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions, Int64 or Int32; negative ones count from the end.</param>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the axis.</exception>
    public Tensor Take(int axis, Tensor index) => new Take(Shape.NormalizeAxis(axis, "Take") - Rank).Apply(this, index);

    /// <summary>Rows of a table [count, ...] by number: a result of the shape of the index, then that of a row.</summary>
    /// <param name="index">Numbers of rows, Int64 or Int32, of any shape.</param>
    /// <inheritdoc cref="Take"/>
    public Tensor Embedding(Tensor index) => new Take(Shape.NormalizeAxis(0, "Embedding") - Rank).Apply(this, index);

    /// <summary>Replaces slices along an axis; of several at one position, the last stays.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions [n], Int64 or Int32; negative ones count from the end.</param>
    /// <param name="value">The new slices: n along the axis; broadcast.</param>
    /// <exception cref="ShapeException">The axis does not exist, the index is not a vector, or the value does not broadcast to the slices.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position lies outside of the axis.</exception>
    public Tensor IndexPut(int axis, Tensor index, Tensor value)
    {
        (int at, Tensor everywhere, Tensor slices) = Slices("IndexPut", axis, index, value);
        return new Scatter(at).Apply(this, everywhere, slices);
    }

    /// <summary>Adds to slices along an axis; several may meet at one position.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="index">Positions [n], Int64 or Int32; negative ones count from the end.</param>
    /// <param name="value">What to add: n slices along the axis; broadcast.</param>
    /// <inheritdoc cref="IndexPut"/>
    public Tensor IndexAdd(int axis, Tensor index, Tensor value)
    {
        (int at, Tensor everywhere, Tensor slices) = Slices("IndexAdd", axis, index, value);
        return new ScatterAdd(at).Apply(this, everywhere, slices);
    }

    /// <summary>The elements where a mask is true, as a vector in row-major order. Its length depends on values, so the mask must be known.</summary>
    /// <param name="mask">A boolean tensor; it and this broadcast against each other.</param>
    /// <exception cref="TracingException">The mask is a symbol of a function being traced: use Where, which keeps the shape.</exception>
    /// <exception cref="DTypeException">The mask is not boolean.</exception>
    public Tensor MaskedSelect(Tensor mask)
    {
        Shape shape = Shape.Broadcast(Shape, mask.Shape, "MaskedSelect");
        return BroadcastTo(shape).Reshape(shape.Size).IndexSelect(0, mask.BroadcastTo(shape).Positions("MaskedSelect").AsFree());
    }

    /// <summary>The positions of all elements that are true (for numbers: not zero): [count, rank] as Int64, in row-major order.</summary>
    /// <exception cref="TracingException">The tensor is a symbol of a function being traced.</exception>
    public Tensor NonZero()
    {
        long[] flat = Cast(DType.Bool).Positions("NonZero").Data<long>(), result = new long[flat.Length * Rank];
        for (int i = 0; i < flat.Length; i++)
        {
            long rest = flat[i];
            for (int axis = Rank - 1; axis >= 0; axis--)
            {
                result[(i * Rank) + axis] = rest % Shape[axis];
                rest /= Shape[axis];
            }
        }

        return From(result, [flat.Length, Rank]);
    }

    /// <summary>Classes as vectors: 1 at the place of the class, 0 elsewhere, along a new last axis.</summary>
    /// <param name="depth">The number of classes.</param>
    /// <param name="dtype">The type of the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element is negative or not below <paramref name="depth"/>.</exception>
    /// <exception cref="DTypeException">This is not an integer tensor.</exception>
    public Tensor OneHot(int depth, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        return new OneHot(depth, dtype).Apply(this);
    }

    /// <summary>Axis, index spread over all axes, and slices, for changes of whole slices.</summary>
    private (int Axis, Tensor Index, Tensor Slices) Slices(string op, int axis, Tensor index, Tensor value)
    {
        int at = Shape.NormalizeAxis(axis, op) - Rank;
        Indices.Require(index, op);
        if (index.Rank != 1)
        {
            throw new ShapeException($"{op}: the index has shape {index.Shape}; a vector is needed.");
        }

        Shape slices = Shape.With(at, index.Shape[0]);
        if (!value.Shape.BroadcastsTo(slices))
        {
            throw new ShapeException($"{op}: the value {value.Shape} does not broadcast to {slices}: {index.Shape[0]} slices along axis {axis} of shape {Shape}.");
        }

        value = value.IsLiteral ? value.WithLiteralType(DType, op) : value;
        int[] spread = [index.Shape[0], .. Enumerable.Repeat(1, -at - 1)];
        return (at, index.Reshape((Shape)spread).BroadcastTo(slices), value.BroadcastTo(slices));
    }

    /// <summary>Where a boolean tensor is true, in row-major order.</summary>
    private Tensor Positions(string op)
    {
        if (IsSymbolic)
        {
            throw new TracingException(
                $"{op}: the shape of the result depends on the values of a mask {Shape} that has none yet, while its function is being traced. "
                + "Use Where, which keeps the shape, or compute the mask outside of the traced function.");
        }

        if (DType != DType.Bool)
        {
            throw new DTypeException($"{op}: the mask is {DType} {Shape}; Bool is needed: use a comparison, or Cast(DType.Bool).");
        }

        bool[] mask = Data<bool>();
        long[] positions = new long[mask.AsSpan().Count(true)];
        for (int i = 0, k = 0; k < positions.Length; i++)
        {
            if (mask[i])
            {
                positions[k++] = i;
            }
        }

        return From<long>(positions);
    }
}
