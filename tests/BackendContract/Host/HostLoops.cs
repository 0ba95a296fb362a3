using System.Collections.Immutable;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>The kernels that run programs: once for every index of a space, before and after a reduction, and on the elements of a product.</summary>
internal static class HostLoops
{
    public static void Run(MapKernel kernel, HostArgument[] arguments, double[] numbers)
    {
        var program = new HostProgram(kernel.Program, numbers);
        foreach (int[] index in Indices(kernel.Lengths))
        {
            program.Load(0, kernel.Inputs, arguments, index);
            program.Run(index);
            program.Store(0, kernel.Outputs, arguments.AsSpan(kernel.Inputs.Length), index);
        }
    }

    public static void Run(ReduceKernel kernel, HostArgument[] arguments, double[] numbers)
    {
        var program = new HostProgram(kernel.Program, numbers);
        var finish = new HostProgram(kernel.Finish, numbers);
        int end = kernel.FirstReduced + kernel.ReducedCount, reductions = kernel.Reductions.Length;
        Span<HostArgument> written = arguments.AsSpan(kernel.Inputs.Length);
        Span<HostArgument> finishInputs = written[kernel.Written.Length..];
        Span<HostArgument> outputs = finishInputs[kernel.FinishInputs.Length..];
        foreach (int[] left in Indices([.. kernel.Lengths[..kernel.FirstReduced], .. kernel.Lengths[end..]]))
        {
            HostTotal[] totals = [.. kernel.Reductions.Select((kind, i) => new HostTotal(kind, kernel.Program.OutputTypes[i]))];
            foreach (int[] reduced in Indices(kernel.Lengths[kernel.FirstReduced..end]))
            {
                int[] index = [.. left[..kernel.FirstReduced], .. reduced, .. left[kernel.FirstReduced..]];
                program.Load(0, kernel.Inputs, arguments, index);
                program.Run(index);
                program.Store(reductions, kernel.Written, written, index);
                for (int i = 0; i < totals.Length; i++)
                {
                    totals[i].Add(program.Outputs[i]);
                }
            }

            for (int i = 0; i < totals.Length; i++)
            {
                finish.Inputs[i] = totals[i].Result;
            }

            finish.Load(reductions, kernel.FinishInputs, finishInputs, left);
            finish.Run(left);
            finish.Store(0, kernel.Outputs, outputs, left);
        }
    }

    public static void Run(MatrixProductKernel kernel, HostArgument[] arguments, double[] numbers)
    {
        HostArgument left = arguments[0], right = arguments[1];
        var finish = new HostProgram(kernel.Finish, numbers);
        foreach (int[] index in Indices([kernel.Batch, kernel.M, kernel.N]))
        {
            (int batch, int m, int n) = (index[0], index[1], index[2]);
            double sum = 0;
            for (int k = 0; k < kernel.K; k++)
            {
                long atLeft = (batch * kernel.LeftStep) + (kernel.TransposeLeft ? (k * kernel.M) + m : (m * kernel.K) + k);
                long atRight = (batch * kernel.RightStep) + (kernel.TransposeRight ? (n * kernel.K) + k : (k * kernel.N) + n);
                double a = HostTotal.Number(kernel.Type, left.Get(kernel.Type, atLeft)), b = HostTotal.Number(kernel.Type, right.Get(kernel.Type, atRight));
                sum = Math.FusedMultiplyAdd(a, b, sum);
            }

            finish.Inputs[0] = HostTotal.Bits(kernel.Type, sum);
            finish.Load(1, kernel.FinishInputs, arguments.AsSpan(2), index);
            finish.Run(index);
            finish.Store(0, kernel.Outputs, arguments.AsSpan(2 + kernel.FinishInputs.Length), index);
        }
    }

    /// <summary>All indices of a space, the innermost axis fastest; one, without axes, of a space without axes. The array is the same every time.</summary>
    private static IEnumerable<int[]> Indices(ImmutableArray<int> lengths)
    {
        var index = new int[lengths.Length];
        int axis = lengths.Contains(0) ? -1 : 0;
        while (axis >= 0)
        {
            yield return index;
            for (axis = lengths.Length - 1; axis >= 0 && ++index[axis] == lengths[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }

    /// <summary>A program with the values that it reads and writes.</summary>
    private sealed class HostProgram(KernelProgram program, double[] numbers)
    {
        private readonly ImmutableArray<DType> _outputTypes = program.OutputTypes;

        public long[] Inputs { get; } = new long[program.Inputs.Length];

        public long[] Outputs { get; } = new long[program.Outputs.Length];

        public void Load(int first, ImmutableArray<View> views, ReadOnlySpan<HostArgument> arguments, int[] index)
        {
            for (int i = 0; i < views.Length; i++)
            {
                Inputs[first + i] = arguments[i].Get(program.Inputs[first + i], Element(views[i], index));
            }
        }

        public void Run(int[] index) => KernelInterpreter.Run(program, Inputs, numbers, index, Outputs);

        public void Store(int first, ImmutableArray<View> views, ReadOnlySpan<HostArgument> arguments, int[] index)
        {
            for (int i = 0; i < views.Length; i++)
            {
                arguments[i].Set(_outputTypes[first + i], Element(views[i], index), Outputs[first + i]);
            }
        }

        private static long Element(View view, int[] index)
        {
            long element = view.Offset;
            for (int axis = 0; axis < index.Length; axis++)
            {
                element += (long)index[axis] * view.Strides[axis];
            }

            return element;
        }
    }
}
