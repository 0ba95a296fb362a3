using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A vector function of three operands, of which the last two are numbers that belong to the operation.</summary>
internal sealed unsafe class BoundTernaryBlock<K, T>(T b, T c) : BlockKernel
    where K : struct, ITernaryKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _b = b;
    private readonly T _c = c;

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        T second = _b, third = _c;
        ElementwiseLoop.Ternary<K, T>((T*)a, &second, &third, (T*)y, count, (constant & 1) | 6);
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        RecordedKernel.Ternary<K, T>(builder, operands[0], builder.Constant(_b), builder.Constant(_c));
}
