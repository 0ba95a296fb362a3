using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// C = op(A)·op(B) on the last two axes, where op transposes if asked; leading axes broadcast. ∂A = ∂C·op(B)ᵀ, ∂B = op(A)ᵀ·∂C.
/// </summary>
internal sealed class MatMul(bool transposeLeft, bool transposeRight) : Op
{
    /// <summary>Whether the left operand is transposed.</summary>
    public bool TransposeLeft => transposeLeft;

    /// <summary>Whether the right operand is transposed.</summary>
    public bool TransposeRight => transposeRight;

    public override TensorType Infer(Tensor[] inputs)
    {
        Tensor a = inputs[0], b = inputs[1];
        if (a.DType != b.DType)
        {
            throw new DTypeException($"MatMul: the operands have different types, {a.DType} {a.Shape} and {b.DType} {b.Shape}; convert one with Cast.");
        }

        if (a.DType == DType.Bool)
        {
            throw new DTypeException($"MatMul: the operands are Bool, {a.Shape} and {b.Shape}; use Cast(DType.Float32).");
        }

        int leftInner = transposeLeft ? -2 : -1, rightInner = transposeRight ? -1 : -2;
        if (a.Shape[leftInner] != b.Shape[rightInner])
        {
            throw new ShapeException(
                $"MatMul: inner dimensions differ: left {a.Shape} (axis {a.Rank + leftInner} = {a.Shape[leftInner]}), "
                + $"right {b.Shape} (axis {b.Rank + rightInner} = {b.Shape[rightInner]}).");
        }

        Shape batch = Shape.Broadcast(a.Shape[..^2], b.Shape[..^2], "MatMul");
        return new(batch.Concat([a.Shape[transposeLeft ? -1 : -2], b.Shape[transposeRight ? -2 : -1]]), a.DType);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        switch (result)
        {
            case float[] c: Multiply(inputs[0], inputs[1], c); break;
            case double[] c: Multiply(inputs[0], inputs[1], c); break;
            case int[] c: MultiplyIntegers(inputs[0], inputs[1], c); break;
            default: MultiplyIntegers(inputs[0], inputs[1], (long[])result); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        if (!output.DType.IsFloating())
        {
            return null;
        }

        var kernels = new Lowering(Name, inputs, output);
        Shape batch = output.Shape[..^2];
        int m = output.Shape[-2], n = output.Shape[-1], k = inputs[0].Shape[transposeLeft ? -2 : -1];
        if (output.Shape.Size > 0)
        {
            (int left, long leftStep) = Batched(kernels, 0, batch);
            (int right, long rightStep) = Batched(kernels, 1, batch);
            kernels.Call(
                new MatrixProductKernel(
                    Name, output.DType, batch.Size, m, n, k, transposeLeft, transposeRight, leftStep, rightStep,
                    KernelProgram.Copy(output.DType), [], [new View(0, [m * n, n, 1])]),
                left, right, kernels.Result);
        }

        return kernels.Done();
    }

    // One matrix for all products, or one for each: any other broadcast is written out.
    private static (int Operand, long Step) Batched(Lowering kernels, int operand, Shape batch)
    {
        Shape shape = kernels.TypeOf(operand).Shape;
        if (shape[..^2].Size == 1)
        {
            return (operand, 0);
        }

        long step = (long)shape[-2] * shape[-1];
        if (shape[..^2].Size == batch.Size)
        {
            return (operand, step);
        }

        var whole = new TensorType(batch.Concat(shape[^2..]), kernels.TypeOf(operand).DType);
        int copy = kernels.Temporary(whole);
        kernels.Copy(operand, Layout.Of(shape).BroadcastTo(whole.Shape), copy, Layout.Of(whole.Shape));
        return (copy, step);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor a = inputs[0], b = inputs[1];
        return index == 0
            ? transposeLeft ? Product(b, dy, transposeRight, true) : Product(dy, b, false, !transposeRight)
            : transposeRight ? Product(dy, a, true, transposeLeft) : Product(a, dy, !transposeLeft, false);
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    private static Tensor Product(Tensor a, Tensor b, bool transposeLeft, bool transposeRight) => new MatMul(transposeLeft, transposeRight).Apply(a, b);

    private void Multiply<T>(Tensor left, Tensor right, T[] c) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = left.Data<T>(), b = right.Data<T>();
        int m = left.Shape[transposeLeft ? -1 : -2], n = right.Shape[transposeRight ? -2 : -1], k = left.Shape[transposeLeft ? -2 : -1];
        var batches = new BroadcastRows(stackalloc int[BroadcastRows.ScratchLength(left.Shape, right.Shape)], 2, left.Shape, right.Shape);
        for (int batch = 0; batches.MoveNext(); batch += batches.Length)
        {
            MatMulKernel.RunBatched(
                transposeLeft, transposeRight, m, n, k,
                a, batches.Offset(0) * m * k, b, batches.Offset(1) * k * n, c, batch * m * n,
                batches.Length, batches.IsConstant(0) ? 0 : (long)m * k, batches.IsConstant(1) ? 0 : (long)k * n, (long)m * n);
        }
    }

    private void MultiplyIntegers<T>(Tensor left, Tensor right, T[] c) where T : unmanaged, IBinaryInteger<T>
    {
        T[] a = left.Data<T>(), b = right.Data<T>();
        int m = left.Shape[transposeLeft ? -1 : -2], n = right.Shape[transposeRight ? -2 : -1], k = left.Shape[transposeLeft ? -2 : -1];
        var batches = new BroadcastRows(stackalloc int[BroadcastRows.ScratchLength(left.Shape, right.Shape)], 2, left.Shape, right.Shape);
        for (int batch = 0; batches.MoveNext(); batch += batches.Length)
        {
            for (int i = 0; i < batches.Length; i++)
            {
                int stepA = batches.IsConstant(0) ? 0 : i, stepB = batches.IsConstant(1) ? 0 : i;
                MatMulKernel.RunInteger(
                    transposeLeft, transposeRight, m, n, k,
                    a, (batches.Offset(0) + stepA) * m * k, b, (batches.Offset(1) + stepB) * k * n, c, (batch + i) * m * n);
            }
        }
    }
}
