namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32)
    {
        Array data = dtype.Allocate(shape.Size);
        Array.Clear(data);
        return new Tensor(shape, dtype, data) { IsFree = true };
    }

    /// <summary>A tensor of ones (true for <see cref="DType.Bool"/>).</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Full(shape, 1, dtype);

    /// <summary>A tensor with the same value everywhere.</summary>
    /// <exception cref="DTypeException">The value is not representable: a fraction for an integer type.</exception>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
    {
        Array data = dtype.Allocate(shape.Size);
        Fill(data, value);
        return new Tensor(shape, dtype, data) { IsFree = true };
    }

    internal static void Fill(Array data, double value)
    {
        switch (data)
        {
            case float[] x: Array.Fill(x, (float)value); break;
            case double[] x: Array.Fill(x, value); break;
            case int[] x: Array.Fill(x, checked((int)RequireInteger(value, DType.Int32))); break;
            case long[] x: Array.Fill(x, RequireInteger(value, DType.Int64)); break;
            case bool[] x: Array.Fill(x, value != 0); break;
        }
    }

    /// <summary>A scalar of a given type.</summary>
    public static Tensor Scalar(double value, DType dtype = DType.Float32) => Full(Shape.Scalar, value, dtype);

    /// <summary>A tensor of zeros with the shape and type of another.</summary>
    public static Tensor ZerosLike(Tensor other) => Zeros(other.Shape, other.DType);

    /// <summary>A tensor of ones with the shape and type of another.</summary>
    public static Tensor OnesLike(Tensor other) => Ones(other.Shape, other.DType);

    /// <summary>A vector of the given numbers; the type follows the element type of the array. A list or a query is spread: <c>From([.. list])</c>.</summary>
    public static Tensor From<T>(params ReadOnlySpan<T> values) where T : unmanaged => From(values, [values.Length]);

    /// <summary>A tensor of the given numbers in row-major order.</summary>
    /// <param name="values">The elements, <c>shape.Size</c> of them, of type float, double, int, long or bool.</param>
    /// <param name="shape">The shape.</param>
    /// <exception cref="ShapeException">The number of values is not the size of the shape.</exception>
    /// <exception cref="DTypeException">The element type is not supported.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged
    {
        DType dtype = DTypeExtensions.Of<T>();
        if (values.Length != shape.Size)
        {
            throw new ShapeException($"Tensor.From: {values.Length} values do not fill the shape {shape}, which has {shape.Size} elements.");
        }

        return new Tensor(shape, dtype, values.ToArray());
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape)"/>
    public static Tensor From<T>(T[] values, Shape shape) where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>A matrix [rows, columns] from its rows, such as those of a file: <c>From([[1.0, 2], [3, 4]])</c>.</summary>
    /// <exception cref="ShapeException">The rows differ in length.</exception>
    public static Tensor From<T>(T[][] rows) where T : unmanaged
    {
        int columns = rows.Length == 0 ? 0 : rows[0].Length;
        T[] data = new T[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length != columns)
            {
                throw new ShapeException($"Tensor.From: row {i} has {rows[i].Length} values, but row 0 has {columns}; a matrix needs rows of one length.");
            }

            rows[i].CopyTo(data, i * columns);
        }

        return new Tensor([rows.Length, columns], DTypeExtensions.Of<T>(), data);
    }

    /// <summary>A matrix [rows, columns] from a two-dimensional array.</summary>
    public static Tensor From<T>(T[,] values) where T : unmanaged => FromArray<T>(values);

    /// <summary>A tensor of three axes from a three-dimensional array.</summary>
    public static Tensor From<T>(T[,,] values) where T : unmanaged => FromArray<T>(values);

    /// <summary>The matrix [rows, columns] of a MathNet matrix.</summary>
    public static Tensor From<T>(MathNet.Numerics.LinearAlgebra.Matrix<T> matrix) where T : unmanaged, IEquatable<T>, IFormattable =>
        From<T>(matrix.ToRowMajorArray(), [matrix.RowCount, matrix.ColumnCount]);

    /// <summary>The vector [length] of a MathNet vector.</summary>
    public static Tensor From<T>(MathNet.Numerics.LinearAlgebra.Vector<T> vector) where T : unmanaged, IEquatable<T>, IFormattable =>
        From<T>(vector.ToArray(), [vector.Count]);

    /// <summary>A copy of a <c>System.Numerics.Tensors</c> tensor, with the same shape.</summary>
    public static Tensor From<T>(System.Numerics.Tensors.Tensor<T> tensor) where T : unmanaged
    {
        int[] lengths = Array.ConvertAll(tensor.Lengths.ToArray(), length => checked((int)length));
        Shape shape = lengths;
        T[] data = new T[shape.Size];
        tensor.FlattenTo(data);
        return new Tensor(shape, DTypeExtensions.Of<T>(), data);
    }

    /// <summary>The numbers 0, 1, …, count − 1.</summary>
    public static Tensor Arange(int count, DType dtype = DType.Int64) => Arange(0, count, 1, dtype);

    /// <summary>The numbers start, start + step, … before stop.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is zero.</exception>
    public static Tensor Arange(double start, double stop, double step = 1, DType dtype = DType.Float32)
    {
        if (step == 0 || !double.IsFinite(step))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "Arange: the step must be finite and not zero.");
        }

        int count = (int)Math.Max(0, Math.Ceiling((stop - start) / step));
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = start + (i * step);
        }

        return From(values, [count]).AsFree().Cast(dtype);
    }

    /// <summary>A number of evenly spaced values from start to stop, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static Tensor Linspace(double start, double stop, int count, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i == count - 1 && count > 1 ? stop : start + ((stop - start) * i / Math.Max(1, count - 1));
        }

        return From(values, [count]).AsFree().Cast(dtype);
    }

    /// <summary>The identity matrix [n, n].</summary>
    public static Tensor Eye(int n, DType dtype = DType.Float32)
    {
        Array data = dtype.Allocate(checked(n * n));
        Array.Clear(data);
        for (int i = 0; i < n; i++)
        {
            switch (data)
            {
                case float[] x: x[(i * n) + i] = 1; break;
                case double[] x: x[(i * n) + i] = 1; break;
                case int[] x: x[(i * n) + i] = 1; break;
                case long[] x: x[(i * n) + i] = 1; break;
                case bool[] x: x[(i * n) + i] = true; break;
            }
        }

        return new Tensor([n, n], dtype, data) { IsFree = true };
    }

    private static Tensor FromArray<T>(Array values) where T : unmanaged
    {
        int[] lengths = new int[values.Rank];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = values.GetLength(i);
        }

        T[] data = new T[values.Length];
        Buffer.BlockCopy(values, 0, data, 0, Buffer.ByteLength(data));
        return new Tensor(lengths, DTypeExtensions.Of<T>(), data);
    }

    private static long RequireInteger(double value, DType dtype) => value == Math.Truncate(value) && Math.Abs(value) < 9.2e18
        ? (long)value
        : throw new DTypeException(FormattableString.Invariant($"Tensor.Full: {value:R} is not a value of type {dtype}."));
}
