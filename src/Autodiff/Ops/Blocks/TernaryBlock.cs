using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A vector function of three operands.</summary>
internal sealed unsafe class TernaryBlock<K, T> : BlockKernel
    where K : struct, ITernaryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly TernaryBlock<K, T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) =>
        ElementwiseLoop.Ternary<K, T>((T*)a, (T*)b, (T*)c, (T*)y, count, constant);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        RecordedKernel.Ternary<K, T>(builder, operands[0], operands[1], operands[2]);
}
