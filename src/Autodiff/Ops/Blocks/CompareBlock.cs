using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A comparison of floating-point numbers.</summary>
internal sealed unsafe class CompareBlock<K, T> : BlockKernel
    where K : struct, IComparisonKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly CompareBlock<K, T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) =>
        BooleanLoop.Compare<K, T>((T*)a, (T*)b, (byte*)y, count, constant);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => K.Record(builder, operands[0], operands[1]);
}
