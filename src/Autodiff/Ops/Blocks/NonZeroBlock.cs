using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Whether floating-point numbers differ from 0; NaN does.</summary>
internal sealed unsafe class NonZeroBlock<T> : BlockKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly NonZeroBlock<T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        T zero = T.Zero;
        BooleanLoop.Compare<NotEqualTo.Kernel, T>((T*)a, &zero, (byte*)y, count, (constant & 1) | 2);
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => builder.Convert(operands[0], DType.Bool);
}
