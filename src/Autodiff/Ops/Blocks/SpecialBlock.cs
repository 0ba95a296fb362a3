using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// A vector function of one to three operands. Floats go through double and are rounded once, unless the function has a form for them. It has branches, so that
/// devices leave it to the host.
/// </summary>
internal sealed unsafe class SpecialBlock<K> : BlockKernel
    where K : struct, ITernaryKernel
{
    private const int Part = 128;

    private readonly int _operands;
    private readonly bool _single;

    private static SpecialBlock<K>? s_singles, s_doubles;

    private SpecialBlock(int operands, bool single)
        : base(HeavyTile) => (_operands, _single) = (operands, single);

    /// <summary>The block for a type.</summary>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <param name="operands">How many operands the function has; the others are the first.</param>
    public static BlockKernel Of(DType dtype, int operands) =>
        dtype == DType.Float32 ? s_singles ??= new(operands, single: true) : s_doubles ??= new(operands, single: false);

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant)
    {
        if (!_single || K.TakesSingles)
        {
            // An operand that the function does not have is the first.
            int first = constant & 1;
            constant = _operands > 1 ? constant : first | (first << 1);
            constant = _operands > 2 ? constant : (constant & 3) | (first << 2);
            b = _operands > 1 ? b : a;
            c = _operands > 2 ? c : a;
            if (_single)
            {
                ElementwiseLoop.Ternary<K, float>((float*)a, (float*)b, (float*)c, (float*)y, count, constant);
            }
            else
            {
                ElementwiseLoop.Ternary<K, double>((double*)a, (double*)b, (double*)c, (double*)y, count, constant);
            }

            return;
        }

        double* left = stackalloc double[Part], middle = stackalloc double[Part], right = stackalloc double[Part];
        for (int start = 0; start < count; start += Part)
        {
            int part = Math.Min(Part, count - start);
            Widen((float*)a, constant & 1, start, left, part);
            if (_operands > 1)
            {
                Widen((float*)b, constant & 2, start, middle, part);
            }

            if (_operands > 2)
            {
                Widen((float*)c, constant & 4, start, right, part);
            }

            ElementwiseLoop.Ternary<K, double>(left, _operands > 1 ? middle : left, _operands > 2 ? right : left, left, part, 0);
            Narrow(left, (float*)y + start, part);
        }
    }

    private static void Widen(float* from, int constant, int start, double* to, int count)
    {
        if (constant != 0)
        {
            new Span<double>(to, count).Fill(*from);
            return;
        }

        int i = 0;
        for (from += start; i + 8 <= count; i += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from + i));
            low.Store(to + i);
            high.Store(to + i + 4);
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
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
