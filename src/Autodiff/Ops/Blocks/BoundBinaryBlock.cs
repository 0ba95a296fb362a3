using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A vector function of two operands, of which the second is a number that belongs to the operation.</summary>
internal sealed unsafe class BoundBinaryBlock<K, T>(T b) : BlockKernel
    where K : struct, IBinaryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _b = b;

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        T own = _b;
        ElementwiseLoop.Binary<K, T>((T*)a, &own, (T*)y, count, (constant & 1) | 2);
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        RecordedKernel.Binary<K, T>(builder, operands[0], builder.Constant(_b));
}
