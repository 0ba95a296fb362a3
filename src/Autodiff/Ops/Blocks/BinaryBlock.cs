using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A vector function of two operands.</summary>
internal sealed unsafe class BinaryBlock<K, T> : BlockKernel
    where K : struct, IBinaryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly BinaryBlock<K, T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) =>
        ElementwiseLoop.Binary<K, T>((T*)a, (T*)b, (T*)y, count, constant);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => RecordedKernel.Binary<K, T>(builder, operands[0], operands[1]);
}
