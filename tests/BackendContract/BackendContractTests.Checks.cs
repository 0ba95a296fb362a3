using System.Collections.Immutable;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

public abstract partial class BackendContractTests
{
    private const byte Garbage = 0x5A;

    private readonly List<Action> _checks = [];

    private static View Dense(ImmutableArray<int> lengths)
    {
        var strides = new int[lengths.Length];
        for (int axis = lengths.Length - 1, step = 1; axis >= 0; step *= lengths[axis--])
        {
            strides[axis] = step;
        }

        return new(0, [.. strides]);
    }

    private static int Size(ImmutableArray<int> lengths) => lengths.Aggregate(1, (product, length) => product * length);

    private static Tensor Numbers(int count, int salt, DType type = DType.Float32) => Values([count], type, salt);

    private static Tensor Numbers(double[] values, DType type) => type switch
    {
        DType.Int64 => Tensor.From([.. values.Select(value => double.IsNaN(value) ? 0 : (long)value)]),
        DType.Int32 => Tensor.From([.. values.Select(value => double.IsNaN(value) ? 0 : (int)value)]),
        DType.Bool => Tensor.From([.. values.Select(value => value is > 0 or < 0)]),
        _ => Tensor.From(values).Cast(type),
    };

    private IEnumerable<DType> TypesOf(Reduction kind) => kind switch
    {
        Reduction.Any or Reduction.All => [DType.Bool],
        Reduction.LogSumExp => FloatingTypes,
        _ => FloatingTypes.Concat([DType.Int32, DType.Int64]),
    };

    private void CheckReduce(Reduction kind, DType type, ImmutableArray<int> lengths, int first, int count)
    {
        ImmutableArray<int> left = [.. lengths[..first], .. lengths[(first + count)..]];
        KernelProgram copy = KernelProgram.Copy(type);
        KernelProgram finish = KernelProgram.Copy(kind is Reduction.ArgMin or Reduction.ArgMax ? DType.Int64 : type);
        var kernel = new ReduceKernel($"{kind}", copy, lengths, first, count, [Dense(lengths)], [kind], [], finish, [], [Dense(left)]);

        // Products of many numbers of size ½ vanish; what is near 1 does not.
        Tensor x = Numbers(Size(lengths), first + 1, type);
        CheckKernel(kernel, [kind == Reduction.Product && type.IsFloating() ? 1 + (0.01 * x) : x], [.. finish.OutputTypes], [Size(left)]);
    }

    /// <summary>Every pair of values through every instruction, one kernel for all instructions of a type.</summary>
    private void CheckInstructions(DType type, KernelOp[] ops, double[] values, bool tolerance = false)
    {
        var builder = new ProgramBuilder();
        int a = builder.Input(0, type), b = builder.Input(1, type);
        int mask = type == DType.Bool ? a : builder.Ask(KernelOp.Less, a, b);
        KernelProgram program = builder.Build([.. ops.Select(op => op switch
        {
            KernelOp.Equal or KernelOp.Less or KernelOp.LessOrEqual => builder.Ask(op, a, b),
            KernelOp.IsNaN => builder.Ask(op, a),
            KernelOp.Select => builder.Select(mask, a, b),
            KernelOp.MultiplyAdd => builder.Emit(op, type, a, b, a),
            KernelOp.ShiftLeft or KernelOp.ShiftRight => builder.Emit(op, type, a, bits: 3),
            KernelOp.Negate or KernelOp.Abs or KernelOp.Sqrt or KernelOp.Floor or KernelOp.Ceiling or KernelOp.Round or KernelOp.Truncate or KernelOp.Not
                or KernelOp.Sin or KernelOp.Cos or KernelOp.Tan => builder.Emit(op, a),
            _ => builder.Emit(op, a, b),
        })]);
        int n = values.Length;
        var output = new View(0, [n, 1]);
        Tensor x = Numbers(values, type);

        // A kernel has at most as many buffers as a device takes; groups of five results.
        for (int first = 0; first < ops.Length; first += 5)
        {
            int count = Math.Min(5, ops.Length - first);
            KernelProgram part = program with { Outputs = program.Outputs.Slice(first, count) };
            string name = string.Join('-', ops.Skip(first).Take(count));
            var kernel = new MapKernel(name, part, [n, n], [new View(0, [1, 0]), new View(0, [0, 1])], [.. Enumerable.Repeat(output, count)]);
            CheckKernel(kernel, [x, x], [.. part.OutputTypes], [.. Enumerable.Repeat(n * n, count)],
                    exact: !tolerance && (FusesSignedZeros || !name.Contains(nameof(KernelOp.MultiplyAdd), StringComparison.Ordinal)));
        }
    }

    private void CheckBits(RandomKey key, KernelProgram map, Tensor expected) => CheckLater(
        new RandomKernel("draw", map, expected.Size), [key.ToTensor()], [expected.DType], [expected.Size], actual => AssertSameBits(expected, actual[0], "draw"));

    /// <summary>Compares a kernel here with plain loops, all that it wrote, and that it wrote nothing else, when <see cref="Compare"/> says so.</summary>
    private void CheckKernel(
        Kernel kernel, Tensor[] inputs, DType[] types, int[] sizes, double[]? numbers = null, int written = 0, bool exact = false) =>
        CheckLater(kernel, inputs, types, sizes, actual =>
        {
            Tensor[] expected = Run(s_reference, s_reference.Compile(kernel)!, inputs, types, sizes, numbers ?? [], written);
            for (int i = 0; i < actual.Length; i++)
            {
                string? difference = exact ? Different(expected[i], actual[i]) : Difference(expected[i], actual[i]);
                Assert.True(difference is null, $"{kernel.Name}, result {i}: {difference}\n{kernel}");
            }
        }, numbers, written);

    // All are compiled before the first is launched: a back end may compile them together. Nothing to check if it declines.
    private void CheckLater(
        Kernel kernel, Tensor[] inputs, DType[] types, int[] sizes, Action<Tensor[]> check, double[]? numbers = null, int written = 0)
    {
        if (Backend.Compile(kernel) is { } compiled)
        {
            _checks.Add(() => check(Run(Backend, compiled, inputs, types, sizes, numbers ?? [], written)));
        }
        else
        {
            Assert.True(Declined.Contains(kernel.GetType()), $"{kernel.Name}: Compile gives null for a {kernel.GetType().Name}, which is not among Declined.");
        }
    }

    /// <summary>Runs what was to be checked; every test that has such ends with it.</summary>
    private void Compare()
    {
        Action[] checks = [.. _checks];
        _checks.Clear();
        Array.ForEach(checks, check => check());
    }

    // Zeros of both signs count as different; all NaN as equal.
    private static string? Different(Tensor expected, Tensor actual)
    {
        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            if (!(a[i].Equals(b[i]) && double.IsNegative(a[i]) == double.IsNegative(b[i])) && !(double.IsNaN(a[i]) && double.IsNaN(b[i])))
            {
                return FormattableString.Invariant($"element {i}: by plain loops {a[i]:R}, on the device {b[i]:R}");
            }
        }

        return null;
    }

    // As many results as `written` says stand before as many last inputs, as those of a reduction's first program do.
    private static Tensor[] Run(IBackend backend, IDeviceKernel kernel, Tensor[] inputs, DType[] types, int[] sizes, double[] numbers, int written)
    {
        // Arguments begin at a multiple of 64 bytes within a buffer.
        var buffers = new List<BufferSlice>();
        BufferSlice Place(Array values, bool isResult)
        {
            const int at = 128;
            byte[] bytes = new byte[at + Buffer.ByteLength(values) + 64];
            bytes.AsSpan().Fill(Garbage);
            if (!isResult)
            {
                Buffer.BlockCopy(values, 0, bytes, at, Buffer.ByteLength(values));
            }

            IDeviceBuffer buffer = backend.Allocate(bytes.Length);
            backend.Write(buffer, 0, bytes);
            return new(buffer, at);
        }

        BufferSlice[] outputs = [.. types.Select((type, i) => Place(type.Allocate(sizes[i]), isResult: true))];
        buffers.AddRange(inputs[..(inputs.Length - written)].Select(x => Place(x.RawData, isResult: false)));
        buffers.AddRange(outputs[..written]);
        buffers.AddRange(inputs[(inputs.Length - written)..].Select(x => Place(x.RawData, isResult: false)));
        buffers.AddRange(outputs[written..]);
        backend.Launch(kernel, buffers.ToArray(), numbers);
        Tensor[] results = new Tensor[outputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            Array values = types[i].Allocate(sizes[i]);
            byte[] bytes = new byte[128 + Buffer.ByteLength(values) + 64];
            backend.Read(outputs[i].Buffer, 0, bytes);
            Assert.All(bytes[..128].Concat(bytes[^64..]), value => Assert.Equal(Garbage, value));
            Buffer.BlockCopy(bytes, 128, values, 0, Buffer.ByteLength(values));
            results[i] = new Tensor([sizes[i]], types[i], values);
        }

        buffers.ForEach(buffer => buffer.Buffer.Dispose());
        return results;
    }
}
