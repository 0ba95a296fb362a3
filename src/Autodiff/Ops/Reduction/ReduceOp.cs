using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>A reduction over some axes: of a floating-point tensor, and of other types where the operation says so.</summary>
internal abstract unsafe class ReduceOp : Op, IRowOp
{
    protected ReduceOp(int[] axes, bool keepDims)
    {
        Axes = axes;
        KeepDims = keepDims;
    }

    /// <summary>The reduced axes, negative and ascending.</summary>
    public int[] Axes { get; }

    /// <summary>Whether a reduced axis stays with length 1.</summary>
    public bool KeepDims { get; }

    public override TensorType Infer(Tensor[] inputs) => new(ResultShape(inputs[0].Shape, KeepDims), ResultType(inputs[0]));

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor x = inputs[0];
        Extent extent = Collapse(x.Shape);
        fixed (byte* from = &MemoryMarshal.GetArrayDataReference(x.RawData), to = &MemoryMarshal.GetArrayDataReference(result))
        {
            if (AreTogether)
            {
                Reduce(x.DType, from, to, extent);
                return;
            }

            // The reduced axes are brought to the end first.
            using var scratch = new Scratch<long>(x.DType.ByteSize() == 8 ? x.Size : (x.Size / 2) + 1);
            fixed (long* together = scratch.Span)
            {
                BringTogether(x.Shape, x.DType.ByteSize(), from, together);
                Reduce(x.DType, together, to, extent);
            }
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        TensorType x = inputs[0];
        int from = 0;
        if (!AreTogether)
        {
            from = kernels.Temporary(x);
            kernels.Copy(0, Together(Layout.Of(x.Shape)), from, Layout.Of(Together(Layout.Of(x.Shape)).Shape));
        }

        return TryLower(kernels, from, Collapse(x.Shape)) ? kernels.Done() : null;
    }

    public override RowKernel? Rows(TensorType input)
    {
        if (Axes.Length == 0 || !AreTogether || Axes[^1] != -1)
        {
            return null;
        }

        return new RowOpKernel(this, input.DType, Count(input.Shape), 1);
    }

    public void RunRows(DType dtype, void* x, void* y, int rows, int columns) => Reduce(dtype, x, y, new(rows, columns, 1, Shared: false));

    /// <summary>Reduces memory; the reduced axes must be together.</summary>
    public void Run(TensorType input, void* x, void* y) => Reduce(input.DType, x, y, Collapse(input.Shape));

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>The type of the result; throws for a type that the operation does not take.</summary>
    protected virtual DType ResultType(Tensor x) => RequireFloating(x);

    /// <summary>Writes the reduction of the middle axis of an operand down as kernels; false if there is no such form.</summary>
    protected virtual bool TryLower(Lowering kernels, int from, Extent extent)
    {
        if (Form(kernels.TypeOf(from).DType, extent.Length) is not { } form)
        {
            return false;
        }

        kernels.Reduce(from, extent, form, kernels.Result);
        return true;
    }

    /// <summary>The reduction as a device does it, of so many elements each; null if it takes more than one pass.</summary>
    public virtual ReductionForm? Form(DType type, int count) => null;

    /// <summary>Reduces the middle axis of x into y, whose elements are of the type of the result.</summary>
    protected abstract void Reduce<T>(T* x, void* y, Extent extent) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc cref="Reduce{T}"/>
    protected virtual void ReduceIntegers<T>(T* x, void* y, Extent extent) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    /// <inheritdoc cref="Reduce{T}"/>
    protected virtual void ReduceBooleans(bool* x, bool* y, Extent extent) =>
        throw new DTypeException($"{Name}: {DType.Bool} is not a type that it takes.");

    /// <summary>Folds the middle axis of x into y, one slice after the other.</summary>
    protected static void Fold<T, TStep>(T* x, T* y, Extent extent)
        where T : unmanaged
        where TStep : struct, IFoldStep<T>
    {
        (int outer, int length, int inner, bool _) = extent;
        new Span<T>(y, extent.Results).Fill(TStep.Identity);
        for (int o = 0; o < outer; o++, y += inner)
        {
            for (int r = 0; r < length; r++, x += inner)
            {
                for (int i = 0; i < inner; i++)
                {
                    y[i] = TStep.Next(y[i], x[i]);
                }
            }
        }
    }

    /// <summary>A result or its gradient, with the reduced axes present with length 1.</summary>
    protected Tensor Expanded(Tensor y, Tensor x) => KeepDims ? y : y.Reshape(ResultShape(x.Shape, keepDims: true));

    /// <summary>The number of elements that one result takes in.</summary>
    public int Count(Shape shape)
    {
        int count = 1;
        foreach (int axis in Axes)
        {
            count *= shape[axis];
        }

        return count;
    }

    protected Shape ResultShape(Shape shape, bool keepDims)
    {
        ReadOnlySpan<int> lengths = shape.AsSpan();
        int[] result = new int[keepDims ? lengths.Length : lengths.Length - Axes.Length];
        int next = 0, to = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            bool reduced = next < Axes.Length && Axes[next] == i - lengths.Length;
            if (reduced)
            {
                next++;
            }

            if (!reduced || keepDims)
            {
                result[to++] = reduced ? 1 : lengths[i];
            }
        }

        return result;
    }

    /// <summary>Whether the reduced axes follow each other.</summary>
    public bool AreTogether => Axes.Length == 0 || Axes[^1] - Axes[0] == Axes.Length - 1;

    private void Reduce(DType dtype, void* x, void* y, Extent extent)
    {
        switch (dtype)
        {
            case DType.Float32: Reduce((float*)x, y, extent); break;
            case DType.Float64: Reduce((double*)x, y, extent); break;
            case DType.Int32: ReduceIntegers((int*)x, y, extent); break;
            case DType.Int64: ReduceIntegers((long*)x, y, extent); break;
            default: ReduceBooleans((bool*)x, (bool*)y, extent); break;
        }
    }

    /// <summary>The input as [outer, length, inner] with the reduced axes in the middle, or at the end if they were apart.</summary>
    private Extent Collapse(Shape shape)
    {
        int length = Count(shape), inner = 1;
        for (int axis = -1; AreTogether && Axes.Length > 0 && axis > Axes[^1]; axis--)
        {
            inner *= shape[axis];
        }

        int outer = 1, next = 0;
        for (int axis = -shape.Rank; axis < (AreTogether && Axes.Length > 0 ? Axes[0] : 0); axis++)
        {
            bool reduced = next < Axes.Length && Axes[next] == axis;
            outer *= reduced ? 1 : shape[axis];
            next += reduced ? 1 : 0;
        }

        return new(outer, length, inner, Shared: true);
    }

    /// <summary>The elements with the reduced axes at the end.</summary>
    private Layout Together(Layout x)
    {
        int rank = x.Shape.Rank;
        int[] order = [.. Enumerable.Range(-rank, rank).Where(axis => !Axes.Contains(axis)), .. Axes];
        return new Permute(order).ViewOf(x)!.Value;
    }

    private void BringTogether(Shape shape, int bytes, void* x, void* y)
    {
        Span<int> own = stackalloc int[shape.Rank], lengths = stackalloc int[shape.Rank], strides = stackalloc int[shape.Rank];
        Strided.StridesOf(shape, own);
        int kept = 0, reduced = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            bool isReduced = reduced < Axes.Length && Axes[reduced] == axis - shape.Rank;
            int to = isReduced ? shape.Rank - Axes.Length + reduced++ : kept++;
            (lengths[to], strides[to]) = (shape[axis], own[axis]);
        }

        switch (bytes)
        {
            case 1: Strided.Read(new ReadOnlySpan<byte>(x, shape.Size), 0, strides, lengths, new Span<byte>(y, shape.Size)); break;
            case 4: Strided.Read(new ReadOnlySpan<int>(x, shape.Size), 0, strides, lengths, new Span<int>(y, shape.Size)); break;
            default: Strided.Read(new ReadOnlySpan<long>(x, shape.Size), 0, strides, lengths, new Span<long>(y, shape.Size)); break;
        }
    }
}
