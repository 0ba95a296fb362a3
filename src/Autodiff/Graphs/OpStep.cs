namespace ProbNet.Autodiff;

/// <summary>
/// An operation that runs as it does eagerly, on arrays that an execution keeps for it: what has no form of its own in a plan. Inputs that lie elsewhere
/// are copied.
/// </summary>
/// <param name="op">The operation.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="result">The type of its result.</param>
/// <param name="index">Which of the plan's steps of this kind it is.</param>
internal sealed class OpStep(Op op, OpStepInput[] inputs, TensorType result, int index) : TileStep
{
    public OpStepInput[] Inputs => inputs;

    public TensorType Result => result;

    public override unsafe void Run(Execution execution, int tile)
    {
        OpStepMemory memory = execution.OpSteps[index];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Source is { } source && inputs[i].SharedWith is null)
            {
                Array copy = memory.Inputs[i].RawData;
                long bytes = (long)copy.Length * inputs[i].Type.DType.ByteSize();
                fixed (byte* to = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(copy))
                {
                    Buffer.MemoryCopy(execution.Address(source), to, bytes, bytes);
                }
            }
        }

        op.Evaluate(memory.Inputs, memory.Result);
    }
}
