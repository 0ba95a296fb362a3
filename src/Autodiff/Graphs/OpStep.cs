namespace ProbNet.Autodiff;

/// <summary>
/// An operation that runs as it does eagerly, on arrays that an execution keeps for it: what has no form of its own in a plan. Inputs that lie elsewhere
/// are copied, but for the table of a lookup.
/// </summary>
/// <param name="op">The operation.</param>
/// <param name="inputs">Its inputs.</param>
/// <param name="result">The type of its result.</param>
/// <param name="index">Which of the plan's steps of this kind it is.</param>
internal sealed class OpStep(Op op, OpStepInput[] inputs, TensorType result, int index) : TileStep
{
    public OpStepInput[] Inputs => inputs;

    public TensorType Result => result;

    /// <summary>Bytes of the arrays that an execution keeps for it.</summary>
    public long Bytes => Size(result) + Enumerable.Range(0, inputs.Length).Where(IsCopied).Sum(i => Size(inputs[i].Type));

    /// <summary>Whether an input is copied to an array; else it is one already, or read where it lies.</summary>
    public bool IsCopied(int input) => inputs[input] is { Source: not null, SharedWith: null } && !IsTable(input);

    /// <summary>Whether an input is a table in the plan's memory, of which the operation looks up some places.</summary>
    public bool IsTable(int input) => input == 0 && op is LookupOp && inputs[0] is { Source: not null, SharedWith: null };

    public override unsafe void Run(Execution execution, int tile)
    {
        OpStepMemory memory = execution.OpSteps[index];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (IsCopied(i))
            {
                Location source = inputs[i].Source!.Value;
                Array copy = memory.Inputs[i].RawData;
                long bytes = (long)copy.Length * inputs[i].Type.DType.ByteSize();
                fixed (byte* to = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(copy))
                {
                    Buffer.MemoryCopy(execution.Address(source), to, bytes, bytes);
                }
            }
        }

        if (op is LookupOp lookup && IsTable(0))
        {
            lookup.Evaluate(execution.Address(inputs[0].Source!.Value), memory.Inputs, memory.Result);
            return;
        }

        op.Evaluate(memory.Inputs, memory.Result);
    }

    private static long Size(TensorType type) => (long)type.Shape.Size * type.DType.ByteSize();
}
