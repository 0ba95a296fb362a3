namespace ProbNet.Autodiff;

/// <summary>An operation on each element of up to three operands, broadcast against each other: it is all in its kernel.</summary>
internal abstract class ElementwiseOp : Op
{
    public abstract override BlockKernel Block(ReadOnlySpan<DType> inputs);

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output) => ToKernels(inputs, output, numbers: 0);

    /// <summary>The kernel of the operation where some inputs are numbers that a launch gives, so that one kernel serves them all.</summary>
    /// <param name="inputs">The types of the inputs.</param>
    /// <param name="output">The type of the result.</param>
    /// <param name="numbers">Which inputs are numbers: bit 0 for the first.</param>
    public LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output, int numbers)
    {
        var builder = new ProgramBuilder();
        var operands = new int[inputs.Count];
        var read = new List<int>();
        for (int i = 0, number = 0; i < operands.Length; i++)
        {
            if ((numbers >> i & 1) != 0)
            {
                operands[i] = builder.Number(number++, inputs[i].DType);
                continue;
            }

            operands[i] = builder.Input(read.Count, inputs[i].DType);
            read.Add(i);
        }

        if (Block([.. inputs.Select(input => input.DType)]).Record(builder, operands) is not { } result)
        {
            return null;
        }

        var kernels = new Lowering(Name, inputs, output);
        kernels.Map(
            builder.Build(result), output.Shape, [.. read.Select(i => (i, Layout.Of(inputs[i].Shape).BroadcastTo(output.Shape)))],
            [(kernels.Result, Layout.Of(output.Shape))]);
        return kernels.Done();
    }

    public override void Evaluate(Tensor[] inputs, Array result) => BlockLoop.Run(this, inputs, result);
}
