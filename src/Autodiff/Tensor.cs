using System.Diagnostics;

namespace ProbNet.Autodiff;

/// <summary>
/// An immutable, row-major array of numbers with a shape and an element type, which remembers how it was computed when a gradient
/// is being taken. There is nothing to dispose: the garbage collector owns the memory.
/// </summary>
/// <remarks>
/// Operations follow NumPy's broadcasting. Number literals convert implicitly and take the type of the other operand
/// (<c>2 * x</c>); tensors of different types never promote silently: write <see cref="Cast"/>. <c>==</c> is reference equality.
/// </remarks>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed partial class Tensor
{
    // Of a tensor on a device a copy on the host, once somebody has read it.
    private Array? _data;

    // Set for number literals only: the exact value, so that 0.1 against a Float64 tensor is 0.1 and not (double)0.1f.
    private readonly double _literal;

    internal Tensor(Shape shape, DType dtype, Array? data, TapeNode? node = null)
    {
        Debug.Assert(data is null || data.Length == shape.Size, "The data must fill the shape.");
        Shape = shape;
        DType = dtype;
        _data = data;
        Node = node;
    }

    /// <summary>A tensor on a device.</summary>
    internal Tensor(Shape shape, DType dtype, DeviceMemory memory, TapeNode? node = null) : this(shape, dtype, (Array?)null, node) => Memory = memory;

    /// <summary>A tensor without values, which stands for one that a traced function will have.</summary>
    internal static Tensor Symbol(Shape shape, DType dtype, TapeNode? node = null) => new(shape, dtype, (Array?)null, node);

    private Tensor(double literal)
    {
        DType = DType.Float32;
        _data = new[] { (float)literal };
        _literal = literal;
        IsLiteral = true;
        IsFree = true;
    }

    /// <summary>The lengths of the axes, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>Number of axes.</summary>
    public int Rank => Shape.Rank;

    /// <summary>Number of elements.</summary>
    public int Size => Shape.Size;

    /// <summary>Where the tensor lives.</summary>
    public Device Device => Memory?.Device ?? Device.Cpu;

    /// <summary>True for a symbol: a tensor without values, seen by a function that is being traced.</summary>
    public bool IsSymbolic => _data is null && Memory is null;

    /// <summary>The elements on a device; null on the processor.</summary>
    internal DeviceMemory? Memory { get; }

    /// <summary>True for what is made of numbers alone and belongs to no device: it goes where it is needed.</summary>
    internal bool IsFree { get; init; }

    /// <summary>How the tensor was computed, if a gradient or a trace has to know.</summary>
    internal TapeNode? Node { get; }

    /// <summary>The gradient scopes that the tensor's value depends on, one bit a nesting level.</summary>
    internal ulong Levels => Node?.Levels ?? 0;

    /// <summary>True for a number literal, which takes the type of the other operand.</summary>
    internal bool IsLiteral { get; }

    /// <summary>The elements, for kernels.</summary>
    internal T[] Data<T>() => RawData as T[] ?? throw WrongType<T>();

    /// <summary>The elements on the host; those of a device are copied once.</summary>
    internal Array RawData => _data ??= Memory?.Device.Download(Memory, new(Shape, DType)) ?? throw SymbolRead("The values");

    /// <summary>The same elements, computed in another way.</summary>
    internal Tensor With(TapeNode? node) => Memory is null
        ? new Tensor(Shape, DType, _data, node) { IsFree = IsFree }
        : new Tensor(Shape, DType, Memory, node) { _data = _data };

    /// <summary>The same elements as a tensor that goes where it is needed.</summary>
    internal Tensor AsFree() => new(Shape, DType, RawData) { IsFree = true };

    /// <summary>A number literal: a scalar that takes the type of the other operand.</summary>
    public static implicit operator Tensor(double value) => new(value);

    internal Tensor WithLiteralType(DType dtype, string op)
    {
        Debug.Assert(IsLiteral, "Only literals change type silently.");
        if (dtype == DType.Float32)
        {
            return this;
        }

        if (dtype.IsInteger() && (_literal != Math.Truncate(_literal) || Math.Abs(_literal) > 1L << 53))
        {
            throw new DTypeException(FormattableString.Invariant(
                $"{op}: the number {_literal:R} is not an integer, but the other operand is {dtype}; use Cast on the tensor first."));
        }

        return dtype == DType.Bool
            ? throw new DTypeException(FormattableString.Invariant($"{op}: the number {_literal:R} meets a tensor of type Bool; use Cast on the tensor first."))
            : Scalar(_literal, dtype);
    }

    /// <summary>Gives number literals among the operands the type of the others, and refuses mixed types.</summary>
    internal static DType Align(string op, ref Tensor left, ref Tensor right)
    {
        if (left.DType == right.DType && left.IsLiteral == right.IsLiteral)
        {
            return left.DType;
        }

        if (left.IsLiteral != right.IsLiteral)
        {
            if (left.IsLiteral)
            {
                left = left.WithLiteralType(right.DType, op);
            }
            else
            {
                right = right.WithLiteralType(left.DType, op);
            }

            return left.DType;
        }

        throw new DTypeException(
            $"{op}: the operands have different types, {left.DType} {left.Shape} and {right.DType} {right.Shape}; convert one with Cast.");
    }

    private InvalidOperationException SymbolRead(string what) => new TracingException(
        $"{what} of a tensor {DType} {Shape} were read while its function is being traced, when it has no values yet. "
        + "Use tensor operations instead (Where instead of if, Scan or While instead of a loop on values), "
        + "or read the values outside of the traced function.");

    private DTypeException WrongType<T>() => new(
        $"Tensor: the elements are {DType}, but {DTypeExtensions.Of<T>()} was asked for; use Cast(DType.{DTypeExtensions.Of<T>()}) first.");
}
