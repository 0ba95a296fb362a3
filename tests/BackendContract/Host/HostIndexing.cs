using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>The kernels along the middle axis of [Outer, Length, Inner].</summary>
internal static class HostIndexing
{
    public static void Run(GatherKernel kernel, HostArgument[] arguments)
    {
        (HostArgument x, HostArgument indices, HostArgument y) = (arguments[0], arguments[1], arguments[2]);
        for (int o = 0; o < kernel.Outer; o++)
        {
            for (int j = 0; j < kernel.Count; j++)
            {
                for (int i = 0; i < kernel.Inner; i++)
                {
                    long at = At(o, j, i, kernel.Count, kernel.Inner);
                    long index = Index(indices, kernel.IndexType, kernel.IsElementwise ? at : j);
                    bool isInside = index >= 0 && index < kernel.Length;
                    y.Set(kernel.Type, at, isInside ? x.Get(kernel.Type, At(o, index, i, kernel.Length, kernel.Inner)) : 0);
                }
            }
        }
    }

    public static void Run(ScatterAddKernel kernel, HostArgument[] arguments)
    {
        (HostArgument x, HostArgument indices, HostArgument s, HostArgument y) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        for (long at = 0; at < (long)kernel.Outer * kernel.Length * kernel.Inner; at++)
        {
            y.Set(kernel.Type, at, x.Get(kernel.Type, at));
        }

        for (int o = 0; o < kernel.Outer; o++)
        {
            for (int j = 0; j < kernel.Count; j++)
            {
                for (int i = 0; i < kernel.Inner; i++)
                {
                    long from = At(o, j, i, kernel.Count, kernel.Inner);
                    long index = Index(indices, kernel.IndexType, kernel.IsElementwise ? from : j);
                    if (index >= 0 && index < kernel.Length)
                    {
                        long to = At(o, index, i, kernel.Length, kernel.Inner);
                        y.Set(kernel.Type, to, Add(kernel.Type, y.Get(kernel.Type, to), s.Get(kernel.Type, from)));
                    }
                }
            }
        }
    }

    public static void Run(ScanKernel kernel, HostArgument[] arguments)
    {
        for (int o = 0; o < kernel.Outer; o++)
        {
            for (int i = 0; i < kernel.Inner; i++)
            {
                var total = new HostTotal(kernel.Kind, kernel.Type);
                for (int j = 0; j < kernel.Length; j++)
                {
                    long at = At(o, kernel.IsReversed ? kernel.Length - 1 - j : j, i, kernel.Length, kernel.Inner);
                    total.Add(arguments[0].Get(kernel.Type, at));
                    arguments[1].Set(kernel.Type, at, total.Result);
                }
            }
        }
    }

    public static void Run(SortKernel kernel, HostArgument[] arguments)
    {
        for (int o = 0; o < kernel.Outer; o++)
        {
            for (int i = 0; i < kernel.Inner; i++)
            {
                long[] bits = [.. Enumerable.Range(0, kernel.Length).Select(j => arguments[0].Get(kernel.Type, At(o, j, i, kernel.Length, kernel.Inner)))];
                int sign = kernel.IsDescending ? -1 : 1;
                var comparer = Comparer<int>.Create((a, b) => sign * Compare(kernel.Type, bits[a], bits[b]));

                // OrderBy keeps the order of equal elements.
                int place = 0;
                foreach (int j in Enumerable.Range(0, kernel.Length).OrderBy(j => j, comparer))
                {
                    arguments[1].Set(DType.Int64, At(o, place++, i, kernel.Length, kernel.Inner), j);
                }
            }
        }
    }

    private static long At(long outer, long middle, long inner, long length, long innerLength) => (((outer * length) + middle) * innerLength) + inner;

    private static long Index(HostArgument indices, DType type, long at)
    {
        long bits = indices.Get(type, at);
        return type == DType.Int32 ? KernelInterpreter.Value<int>(bits) : bits;
    }

    private static long Add(DType type, long a, long b) => type switch
    {
        DType.Float32 => KernelInterpreter.Bits(KernelInterpreter.Value<float>(a) + KernelInterpreter.Value<float>(b)),
        DType.Float64 => KernelInterpreter.Bits(KernelInterpreter.Value<double>(a) + KernelInterpreter.Value<double>(b)),
        _ => a + b,
    };

    private static int Compare(DType type, long a, long b)
    {
        if (!type.IsFloating())
        {
            return type == DType.Int32 ? KernelInterpreter.Value<int>(a).CompareTo(KernelInterpreter.Value<int>(b)) : a.CompareTo(b);
        }

        double x = HostTotal.Number(type, a), y = HostTotal.Number(type, b);
        return double.IsNaN(x) || double.IsNaN(y) ? double.IsNaN(x).CompareTo(double.IsNaN(y)) : x.CompareTo(y);
    }
}
