using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>y[…, k] = 1 where k is the index, else 0, for k below a depth. Not differentiable.</summary>
internal sealed class OneHot(int depth, DType dtype) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.Require(inputs[0], Name);
        return new(inputs[0].Shape.Concat([depth]), dtype);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor.Fill(result, 0);
        switch (result)
        {
            case float[] y: Mark(inputs[0], y); break;
            case double[] y: Mark(inputs[0], y); break;
            case int[] y: Mark(inputs[0], y); break;
            case long[] y: Mark(inputs[0], y); break;
            default: Mark(inputs[0], Elements.Bits<byte>(result)); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        DType type = inputs[0].DType;
        var program = new ProgramBuilder();
        int place = program.Index(output.Shape.Rank - 1, DType.Int32);
        place = type == DType.Int32 ? place : program.Emit(KernelOp.Convert, type, place);
        int hit = program.Emit(KernelOp.Equal, DType.Bool, program.Input(0, type), place);
        int result = dtype == DType.Bool ? hit : program.Emit(KernelOp.Select, dtype, hit, program.Constant(1, dtype), program.Constant(0, dtype));
        Layout index = Layout.Of(inputs[0].Shape.Concat([1])).BroadcastTo(output.Shape);
        kernels.Map(program.Build(result), output.Shape, [(0, index)], [(kernels.Result, Layout.Of(output.Shape))]);
        return kernels.Done();
    }

    public override bool HasValueCheck => true;

    public override void CheckValues(Tensor[] inputs)
    {
        for (int row = 0; row < inputs[0].Size; row++)
        {
            ClassOf(inputs[0], row);
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private void Mark<T>(Tensor index, Span<T> y) where T : INumberBase<T>
    {
        for (int row = 0; row < index.Size; row++)
        {
            y[(row * depth) + ClassOf(index, row)] = T.One;
        }
    }

    // The index of a class is a name, not a place: a negative one is an error here, not a count from the end.
    private int ClassOf(Tensor index, int row)
    {
        long value = index.RawData is long[] wide ? wide[row] : index.Data<int>()[row];
        return value >= 0 && value < depth
            ? (int)value
            : throw new ArgumentOutOfRangeException(
                nameof(index),
                FormattableString.Invariant($"OneHot: element {row} of the index {index.Shape} is {value}; classes run from 0 to {depth - 1}."));
    }
}
