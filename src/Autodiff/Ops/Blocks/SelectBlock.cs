using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A choice between numbers of the size of <typeparamref name="T"/>, by a mask: their bits, whatever they stand for.</summary>
internal sealed unsafe class SelectBlock<T> : BlockKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly SelectBlock<T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        if ((constant & 1) == 0)
        {
            BooleanLoop.Select((byte*)a, (T*)b, (T*)c, (T*)y, count, constant);
            return;
        }

        bool first = count > 0 && *(byte*)a != 0;
        T* chosen = first ? (T*)b : (T*)c;
        CopyBlock<T>.Copy(chosen, (T*)y, count, (constant & (first ? 2 : 4)) != 0);
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => builder.Select(operands[0], operands[1], operands[2]);
}
