namespace ProbNet.Autodiff;

/// <summary>A vector function of doubles on floats, rounded once at the end.</summary>
internal sealed unsafe class WideUnaryBlock<K>() : BlockKernel(HeavyTile)
    where K : struct, IUnaryKernel
{
    private const int Part = 128;

    public static readonly WideUnaryBlock<K> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        double* wide = stackalloc double[Part];
        int step = (constant & 1) != 0 ? 0 : 1;
        for (int start = 0; start < count; start += Part)
        {
            int part = Math.Min(Part, count - start);
            ConvertBlock<float, double>.Instance.Run((float*)a + (start * step), null, null, wide, part, constant);
            ElementwiseLoop.Unary<K, double>(wide, wide, part, 0);
            ConvertBlock<double, float>.Instance.Run(wide, null, null, (float*)y + start, part, 0);
        }
    }
}
