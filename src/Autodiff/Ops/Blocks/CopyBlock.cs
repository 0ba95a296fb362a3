namespace ProbNet.Autodiff;

/// <summary>The same elements.</summary>
internal sealed unsafe class CopyBlock<T> : BlockKernel
    where T : unmanaged
{
    public static readonly CopyBlock<T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) => Copy((T*)a, (T*)y, count, (constant & 1) != 0);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => operands[0];

    public static void Copy(T* x, T* y, int count, bool constant)
    {
        var result = new Span<T>(y, count);
        if (!constant)
        {
            new ReadOnlySpan<T>(x, count).CopyTo(result);
        }
        else if (count > 0)
        {
            result.Fill(*x);
        }
    }
}
