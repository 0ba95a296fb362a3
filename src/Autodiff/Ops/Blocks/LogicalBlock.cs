using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>A logical function of booleans, eight bytes of 0 or 1 at a time.</summary>
internal sealed unsafe class LogicalBlock<K> : BlockKernel
    where K : struct, ILogicalKernel
{
    /// <summary>Eight times true.</summary>
    public const ulong Ones = 0x0101010101010101;

    public static readonly LogicalBlock<K> Instance = new();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        byte* first = (byte*)a, second = K.Operands == 2 ? (byte*)b : first, to = (byte*)y;
        bool oneA = (constant & 1) != 0, oneB = K.Operands == 2 ? (constant & 2) != 0 : oneA;
        ulong constantA = oneA ? *first * Ones : 0, constantB = oneB ? *second * Ones : 0;
        int i = 0;
        for (; i <= count - sizeof(ulong); i += sizeof(ulong))
        {
            ulong left = oneA ? constantA : Unsafe.ReadUnaligned<ulong>(first + i), right = oneB ? constantB : Unsafe.ReadUnaligned<ulong>(second + i);
            Unsafe.WriteUnaligned(to + i, K.Apply(left, right));
        }

        for (; i < count; i++)
        {
            to[i] = (byte)K.Apply(oneA ? constantA : first[i], oneB ? constantB : second[i]);
        }
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        builder.Emit(K.Instruction, operands[0], K.Operands == 2 ? operands[1] : -1);
}
