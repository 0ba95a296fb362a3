using MathNet.Numerics.LinearAlgebra;

namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The elements in row-major order, without a copy.</summary>
    /// <exception cref="DTypeException">The elements are of another type.</exception>
    /// <exception cref="TracingException">The tensor is a symbol of a function being traced.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged => Data<T>();

    /// <summary>A copy of the elements in row-major order.</summary>
    /// <inheritdoc cref="AsSpan{T}"/>
    public T[] ToArray<T>() where T : unmanaged => (T[])Data<T>().Clone();

    /// <summary>A copy of the elements, row-major, each converted to double; booleans become 0 and 1.</summary>
    public double[] ToDoubles() => _data is double[] own ? (double[])own.Clone() : DType == DType.Float64 ? ToArray<double>() : To(Device.Cpu).Cast(DType.Float64).ToDoubles();

    /// <summary>A copy of a matrix as a two-dimensional array.</summary>
    /// <exception cref="ShapeException">The tensor does not have two axes.</exception>
    public T[,] ToArray2D<T>() where T : unmanaged
    {
        RequireRank(2, "ToArray2D");
        T[] data = Data<T>();
        var result = new T[Shape[0], Shape[1]];
        Buffer.BlockCopy(data, 0, result, 0, Buffer.ByteLength(data));
        return result;
    }

    /// <summary>A copy as a MathNet matrix.</summary>
    /// <exception cref="ShapeException">The tensor does not have two axes.</exception>
    public Matrix<T> ToMatrix<T>() where T : unmanaged, IEquatable<T>, IFormattable
    {
        RequireRank(2, "ToMatrix");
        return Matrix<T>.Build.DenseOfRowMajor(Shape[0], Shape[1], Data<T>());
    }

    /// <summary>A copy as a MathNet vector.</summary>
    /// <exception cref="ShapeException">The tensor does not have one axis.</exception>
    public Vector<T> ToVector<T>() where T : unmanaged, IEquatable<T>, IFormattable
    {
        RequireRank(1, "ToVector");
        return Vector<T>.Build.DenseOfArray(ToArray<T>());
    }

    /// <summary>A copy as a <c>System.Numerics.Tensors</c> tensor of the same shape.</summary>
    public System.Numerics.Tensors.Tensor<T> ToNumericsTensor<T>() where T : unmanaged =>
        System.Numerics.Tensors.Tensor.Create(ToArray<T>(), Array.ConvertAll(Shape.ToArray(), length => (nint)length));

    /// <summary>The value of a tensor with one element, as a double; booleans are 0 and 1.</summary>
    /// <exception cref="ShapeException">The tensor does not have exactly one element.</exception>
    /// <exception cref="TracingException">The tensor is a symbol of a function being traced.</exception>
    public double ToScalar()
    {
        if (Size != 1)
        {
            throw new ShapeException($"ToScalar: the tensor has shape {Shape} and {Size} elements; only one element is a scalar.");
        }

        return IsLiteral ? _literal : RawData switch
        {
            float[] x => x[0],
            double[] x => x[0],
            int[] x => x[0],
            long[] x => x[0],
            bool[] x => x[0] ? 1 : 0,
            _ => throw WrongType<double>(),
        };
    }

    /// <inheritdoc cref="ToScalar"/>
    public static explicit operator double(Tensor tensor) => tensor.ToScalar();

    /// <inheritdoc cref="ToScalar"/>
    public static explicit operator float(Tensor tensor) => (float)tensor.ToScalar();

    /// <summary>The value of a boolean tensor with one element.</summary>
    /// <exception cref="DTypeException">The tensor is not boolean.</exception>
    public static explicit operator bool(Tensor tensor) => tensor.DType == DType.Bool
        ? tensor.ToScalar() != 0
        : throw tensor.WrongType<bool>();

    private void RequireRank(int rank, string op)
    {
        if (Rank != rank)
        {
            throw new ShapeException($"{op}: the tensor has shape {Shape} with {Rank} axes; {rank} are needed.");
        }
    }
}
