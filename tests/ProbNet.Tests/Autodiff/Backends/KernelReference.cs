using System.Collections.Immutable;
using System.Numerics;
using ProbNet.Autodiff;
using ProbNet.BackendContract;

namespace ProbNet.Tests.Autodiff;

/// <summary>What kernels compute, in plain loops over the interpreter of programs. Memory is held as bits, one long an element.</summary>
internal static class KernelReference
{
    public static void Run(MapKernel kernel, long[][] buffers, ReadOnlySpan<double> numbers = default)
    {
        long[][] before = [.. buffers.Select(buffer => (long[])buffer.Clone())];
        var inputs = new long[kernel.Inputs.Length];
        var outputs = new long[kernel.Outputs.Length];
        foreach (int[] index in Indices(kernel.Lengths))
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = before[i][At(kernel.Inputs[i], index)];
            }

            KernelInterpreter.Run(kernel.Program, inputs, numbers, index, outputs);
            for (int o = 0; o < outputs.Length; o++)
            {
                buffers[inputs.Length + o][At(kernel.Outputs[o], index)] = outputs[o];
            }
        }
    }

    public static void Run(ReduceKernel kernel, long[][] buffers, ReadOnlySpan<double> numbers = default)
    {
        int end = kernel.FirstReduced + kernel.ReducedCount;
        ImmutableArray<int> left = [.. kernel.Lengths[..kernel.FirstReduced], .. kernel.Lengths[end..]];
        ImmutableArray<int> reduced = kernel.Lengths[kernel.FirstReduced..end];
        int written = kernel.Inputs.Length;
        int further = written + kernel.Written.Length;
        int results = further + kernel.FinishInputs.Length;
        var inputs = new long[kernel.Inputs.Length];
        var outputs = new long[kernel.Program.Outputs.Length];
        var finishInputs = new long[kernel.Reductions.Length + kernel.FinishInputs.Length];
        var finishOutputs = new long[kernel.Outputs.Length];
        foreach (int[] place in Indices(left))
        {
            List<long>[] elements = [.. kernel.Reductions.Select(_ => new List<long>())];
            foreach (int[] inside in Indices(reduced))
            {
                int[] index = [.. place[..kernel.FirstReduced], .. inside, .. place[kernel.FirstReduced..]];
                for (int i = 0; i < inputs.Length; i++)
                {
                    inputs[i] = buffers[i][At(kernel.Inputs[i], index)];
                }

                KernelInterpreter.Run(kernel.Program, inputs, numbers, index, outputs);
                for (int r = 0; r < elements.Length; r++)
                {
                    elements[r].Add(outputs[r]);
                }

                for (int w = 0; w < kernel.Written.Length; w++)
                {
                    buffers[written + w][At(kernel.Written[w], index)] = outputs[elements.Length + w];
                }
            }

            for (int r = 0; r < elements.Length; r++)
            {
                finishInputs[r] = Reduce(kernel.Reductions[r], kernel.Program.OutputTypes[r], elements[r]);
            }

            for (int i = 0; i < kernel.FinishInputs.Length; i++)
            {
                finishInputs[elements.Length + i] = buffers[further + i][At(kernel.FinishInputs[i], place)];
            }

            KernelInterpreter.Run(kernel.Finish, finishInputs, numbers, place, finishOutputs);
            for (int o = 0; o < finishOutputs.Length; o++)
            {
                buffers[results + o][At(kernel.Outputs[o], place)] = finishOutputs[o];
            }
        }
    }

    public static void Run(MatrixProductKernel kernel, long[][] buffers, ReadOnlySpan<double> numbers = default)
    {
        var inputs = new long[1 + kernel.FinishInputs.Length];
        var outputs = new long[kernel.Outputs.Length];
        foreach (int[] index in Indices([kernel.Batch, kernel.M, kernel.N]))
        {
            double sum = 0;
            for (int k = 0; k < kernel.K; k++)
            {
                long left = (index[0] * kernel.LeftStep) + (kernel.TransposeLeft ? ((long)k * kernel.M) + index[1] : ((long)index[1] * kernel.K) + k);
                long right = (index[0] * kernel.RightStep) + (kernel.TransposeRight ? ((long)index[2] * kernel.K) + k : ((long)k * kernel.N) + index[2]);
                sum += Number(buffers[0][left], kernel.Type) * Number(buffers[1][right], kernel.Type);
            }

            inputs[0] = Bits(sum, kernel.Type);
            for (int i = 0; i < kernel.FinishInputs.Length; i++)
            {
                inputs[1 + i] = buffers[2 + i][At(kernel.FinishInputs[i], index)];
            }

            KernelInterpreter.Run(kernel.Finish, inputs, numbers, index, outputs);
            for (int o = 0; o < outputs.Length; o++)
            {
                buffers[2 + kernel.FinishInputs.Length + o][At(kernel.Outputs[o], index)] = outputs[o];
            }
        }
    }

    public static double Number(long bits, DType type) => type switch
    {
        DType.Float32 => KernelInterpreter.Value<float>(bits),
        DType.Float64 => KernelInterpreter.Value<double>(bits),
        DType.Int32 => (int)bits,
        _ => bits,
    };

    public static long Bits(double value, DType type) => type switch
    {
        DType.Float32 => KernelInterpreter.Bits((float)value),
        DType.Float64 => KernelInterpreter.Bits(value),
        DType.Int32 => KernelInterpreter.Bits((int)value),
        DType.Int64 => (long)value,
        _ => value != 0 ? 1 : 0,
    };

    /// <summary>All indices of a space, the last axis fastest.</summary>
    public static IEnumerable<int[]> Indices(ImmutableArray<int> lengths)
    {
        long count = lengths.Aggregate(1L, (product, length) => product * length);
        for (long i = 0; i < count; i++)
        {
            var index = new int[lengths.Length];
            long rest = i;
            for (int axis = lengths.Length - 1; axis >= 0; axis--)
            {
                index[axis] = (int)(rest % lengths[axis]);
                rest /= lengths[axis];
            }

            yield return index;
        }
    }

    private static int At(View view, int[] index) => view.Offset + view.Strides.Zip(index, (stride, i) => stride * i).Sum();

    private static long Reduce(Reduction kind, DType type, List<long> elements)
    {
        IEnumerable<double> numbers = elements.Select(bits => Number(bits, type));
        return kind switch
        {
            Reduction.Any => elements.Contains(1) ? 1 : 0,
            Reduction.All => elements.Contains(0) ? 0 : 1,
            Reduction.ArgMin or Reduction.ArgMax => Best(kind, type, elements),
            _ when type == DType.Int32 => KernelInterpreter.Bits((int)Whole(kind, elements.Select(bits => (long)(int)bits), int.MaxValue, int.MinValue)),
            _ when type == DType.Int64 => Whole(kind, elements, long.MaxValue, long.MinValue),
            Reduction.Sum => Bits(numbers.Sum(), type),
            Reduction.Product => Bits(numbers.Aggregate(1.0, (a, b) => a * b), type),
            Reduction.Min => Bits(numbers.Aggregate(double.PositiveInfinity, double.Min), type),
            Reduction.Max => Bits(numbers.Aggregate(double.NegativeInfinity, double.Max), type),
            _ => Bits(LogSumExp([.. numbers]), type),
        };
    }

    private static long Whole(Reduction kind, IEnumerable<long> elements, long greatest, long least) => kind switch
    {
        Reduction.Sum => elements.Aggregate(0L, (a, b) => unchecked(a + b)),
        Reduction.Product => elements.Aggregate(1L, (a, b) => unchecked(a * b)),
        Reduction.Min => elements.Aggregate(greatest, Math.Min),
        _ => elements.Aggregate(least, Math.Max),
    };

    private static double LogSumExp(double[] numbers)
    {
        double max = numbers.Aggregate(double.NegativeInfinity, double.Max);
        return double.IsInfinity(max) || double.IsNaN(max) ? max : max + Math.Log(numbers.Sum(x => Math.Exp(x - max)));
    }

    private static int Best(Reduction kind, DType type, List<long> elements)
    {
        int best = 0;
        for (int i = 1; i < elements.Count; i++)
        {
            best = IsBetter(elements[i], elements[best]) ? i : best;
        }

        return best;

        bool IsBetter(long a, long b)
        {
            if (!type.IsFloating())
            {
                BigInteger difference = type == DType.Int32 ? (BigInteger)(int)a - (int)b : (BigInteger)a - b;
                return kind == Reduction.ArgMin ? difference < 0 : difference > 0;
            }

            double x = Number(a, type);
            double y = Number(b, type);
            return double.IsNaN(x) ? !double.IsNaN(y) : kind == Reduction.ArgMin ? x < y : x > y;
        }
    }
}
