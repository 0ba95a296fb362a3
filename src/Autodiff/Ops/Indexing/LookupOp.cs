using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>An operation that reads its first input at the places alone that the others name: a plan gives it that input where it lies, without a copy.</summary>
internal abstract unsafe class LookupOp : Op
{
    public sealed override void Evaluate(Tensor[] inputs, Array result)
    {
        fixed (byte* table = &MemoryMarshal.GetArrayDataReference(inputs[0].RawData))
        {
            Evaluate(table, inputs, result);
        }
    }

    /// <summary>As <see cref="Evaluate(Tensor[], Array)"/>, with the elements of the first input at an address; of its tensor the shape alone is read.</summary>
    public abstract void Evaluate(byte* table, Tensor[] inputs, Array result);
}
