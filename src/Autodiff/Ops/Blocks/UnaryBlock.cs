using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A vector function of one operand.</summary>
internal sealed unsafe class UnaryBlock<K, T> : BlockKernel
    where K : struct, IUnaryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly UnaryBlock<K, T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) =>
        ElementwiseLoop.Unary<K, T>((T*)a, (T*)y, count, constant);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => RecordedKernel.Unary<K, T>(builder, operands[0]);
}
