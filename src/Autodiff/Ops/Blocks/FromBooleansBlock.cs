using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>1 where true, else 0; <typeparamref name="TLane"/> is the floating-point type of the size of <typeparamref name="T"/>.</summary>
internal sealed unsafe class FromBooleansBlock<T, TLane> : BlockKernel
    where T : unmanaged, INumber<T>
    where TLane : unmanaged, IBinaryFloatingPointIeee754<TLane>
{
    public static readonly FromBooleansBlock<T, TLane> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        TLane one = Unsafe.BitCast<T, TLane>(T.One), zero = default;
        SelectBlock<TLane>.Instance.Run(a, &one, &zero, y, count, (constant & 1) | 6);
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => builder.Convert(operands[0], DTypeExtensions.Of<T>());
}
