namespace ProbNet.Autodiff;

/// <summary>
/// The lower (j ≤ i + offset) or upper (j ≥ i + offset) triangle of the matrices in the last two axes; zero elsewhere, whatever stood there.
/// The gradient is the same triangle of dy.
/// </summary>
internal sealed class Triangle(bool upper, int offset) : Op
{
    public override string Name => upper ? "Triu" : "Tril";

    public override TensorType Infer(Tensor[] inputs) => inputs[0].Rank >= 2
        ? new(inputs[0].Shape, inputs[0].DType)
        : throw new ShapeException($"{Name}: shape {inputs[0].Shape} has {inputs[0].Rank} axes; a matrix in the last two is needed.");

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        switch (Elements.Bytes(result))
        {
            case 1: Copy<byte>(inputs[0], result); break;
            case 4: Copy<int>(inputs[0], result); break;
            default: Copy<long>(inputs[0], result); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        Layout layout = Layout.Of(output.Shape);
        var program = new ProgramBuilder();
        int x = program.Input(0, output.DType), row = program.Index(output.Shape.Rank - 2, DType.Int32), column = program.Index(output.Shape.Rank - 1, DType.Int32);
        int border = program.Emit(KernelOp.Add, DType.Int32, row, program.Constant(offset, DType.Int32));
        int inside = upper ? program.Emit(KernelOp.LessOrEqual, DType.Bool, border, column) : program.Emit(KernelOp.LessOrEqual, DType.Bool, column, border);
        int zero = program.Constant(0, output.DType);
        kernels.Map(program.Build(program.Emit(KernelOp.Select, output.DType, inside, x, zero)), output.Shape, [(0, layout)], [(kernels.Result, layout)]);
        return kernels.Done();
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private void Copy<T>(Tensor input, Array result) where T : unmanaged
    {
        Span<T> x = Elements.Bits<T>(input.RawData), y = Elements.Bits<T>(result);
        int rows = input.Shape[-2], columns = input.Shape[-1];
        y.Clear();
        for (int start = 0, i = 0; start < y.Length; start += columns, i = i + 1 == rows ? 0 : i + 1)
        {
            int border = (int)Math.Clamp((long)i + offset + (upper ? 0 : 1), 0, columns);
            (int first, int count) = upper ? (border, columns - border) : (0, border);
            x.Slice(start + first, count).CopyTo(y[(start + first)..]);
        }
    }
}
