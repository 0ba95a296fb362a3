using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>Numbers of another type: floating to integer truncates toward zero and saturates, NaN becomes 0.</summary>
internal sealed unsafe class ConvertBlock<T, TTo> : BlockKernel
    where T : unmanaged, INumber<T>
    where TTo : unmanaged, INumber<TTo>
{
    public static readonly ConvertBlock<T, TTo> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        var x = (T*)a;
        var to = (TTo*)y;
        if ((constant & 1) != 0)
        {
            new Span<TTo>(to, count).Fill(count == 0 ? TTo.Zero : TTo.CreateSaturating(*x));
        }
        else if (a != y)
        {
            TensorPrimitives.ConvertSaturating(new ReadOnlySpan<T>(x, count), new Span<TTo>(to, count));
        }
        else
        {
            for (int i = 0; i < count; i++)
            {
                to[i] = TTo.CreateSaturating(x[i]);
            }
        }
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => builder.Convert(operands[0], DTypeExtensions.Of<TTo>());
}
