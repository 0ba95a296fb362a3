using System.Runtime.Intrinsics;

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
            float* from = (float*)a + (start * step), to = (float*)y + start;
            Widen(from, step, wide, part);
            ElementwiseLoop.Unary<K, double>(wide, wide, part, 0);
            Narrow(wide, to, part);
        }
    }

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) =>
        builder.Convert(RecordedKernel.Unary<K, double>(builder, builder.Convert(operands[0], DType.Float64)), DType.Float32);

    private static void Widen(float* from, int step, double* to, int count)
    {
        int i = 0;
        for (; step != 0 && i + 8 <= count; i += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from + i));
            low.Store(to + i);
            high.Store(to + i + 4);
        }

        for (; i < count; i++)
        {
            to[i] = from[i * step];
        }
    }

    private static void Narrow(double* from, float* to, int count)
    {
        int i = 0;
        for (; i + 8 <= count; i += 8)
        {
            Vector256.Narrow(Vector256.Load(from + i), Vector256.Load(from + i + 4)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = (float)from[i];
        }
    }
}
