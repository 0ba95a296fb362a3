using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>A function without a vector form, one element after the other: integers and special functions.</summary>
internal sealed unsafe class ElementBlock<K, T, TResult>(K kernel, int tile) : BlockKernel(tile)
    where K : struct, IElementKernel<T, TResult>
    where T : unmanaged
    where TResult : unmanaged
{
    /// <summary>For kernels without a state, of a nanosecond an element.</summary>
    public static readonly ElementBlock<K, T, TResult> Instance = new(default, LightTile);

    private readonly K _kernel = kernel;

    // Optimised at the first call: these loops are short and many, and would run in the first tier for a long time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        K kernel = _kernel;
        nint stepA = (constant & 1) == 0 ? 1 : 0, stepB = (constant & 2) == 0 ? 1 : 0, stepC = (constant & 4) == 0 ? 1 : 0;
        T* first = (T*)a, second = (T*)b, third = (T*)c;
        var to = (TResult*)y;
        for (TResult* end = to + count; to < end; to++)
        {
            *to = kernel.Apply(*first, K.Operands > 1 ? *second : default, K.Operands > 2 ? *third : default);
            first += stepA;
            second += stepB;
            third += stepC;
        }
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        K.Record(builder, operands[0], K.Operands > 1 ? operands[1] : -1, K.Operands > 2 ? operands[2] : -1);
}
