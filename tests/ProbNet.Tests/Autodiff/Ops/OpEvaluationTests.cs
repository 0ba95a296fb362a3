using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>What a compiled plan asks of operations: results in given arrays without allocation, kernels of blocks and of rows.</summary>
public unsafe class OpEvaluationTests
{
    private const byte Garbage = 0xA5;

    // Functions of the user's, draws, and decompositions in double precision that are library calls.
    private static readonly HashSet<string> s_allocating = ["CustomOp", "CheckpointOp", "MatrixExp", "SymmetricEigen"];

    [Fact]
    public void Cases_EveryOperation_IsAmongThem()
    {
        HashSet<string> seen = [.. OpEvaluationCases.Operations(DType.Float64).Select(part => LibraryOperations.NameOf(part.Op.GetType()))];
        string[] missing = [.. LibraryOperations.Types
            .Select(LibraryOperations.NameOf)
            .Where(name => !seen.Contains(name) && !name.StartsWith("Random", StringComparison.Ordinal)
                && name is not ("DeriveKey" or "CustomOp" or "CheckpointOp" or "Identity" or "SameValue" or "Move"))
            .Distinct().Order()];
        Assert.True(missing.Length == 0, $"No case runs the operations {string.Join(", ", missing)}.");
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Evaluate_IntoAnArrayOfAnything_GivesTheSameBitsAndAllocatesNothing(DType dtype)
    {
        foreach ((string name, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(dtype))
        {
            TensorType type = op.Infer(inputs);
            byte[] expected = Bytes(op.Evaluate(inputs, type));
            Array actual = type.DType.Allocate(type.Shape.Size);
            MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(actual), Buffer.ByteLength(actual)).Fill(Garbage);
            op.Evaluate(inputs, actual);
            Assert.True(expected.AsSpan().SequenceEqual(Bytes(actual)), $"{op} in {name}");
            if (!s_allocating.Contains(op.Name) && type.Shape.Size < 10_000)
            {
                AssertAllocatesNothing(op, inputs, actual);
            }
        }
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Block_AnyLengthConstantOperandsAndInPlace_GivesEachElementItsBits(DType dtype)
    {
        // The same operation comes again and again: twice, with other values, will do.
        var seen = new Dictionary<string, int>();
        foreach ((string _, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(dtype))
        {
            string which = $"{op}({string.Join(", ", inputs.Select(x => x.DType))})";
            if (op.Block([.. inputs.Select(x => x.DType)]) is { } kernel && inputs.All(x => x.Size > 0) && (seen[which] = seen.GetValueOrDefault(which) + 1) <= 2)
            {
                foreach (int count in new[] { 0, 1, 7, 35 })
                {
                    for (int constant = 0; constant < 1 << inputs.Length; constant++)
                    {
                        CheckBlock(kernel, op, inputs, count, constant, -1);
                    }

                    for (int k = 0; k < inputs.Length; k++)
                    {
                        CheckBlock(kernel, op, inputs, count, ~(1 << k) & ((1 << inputs.Length) - 1), k);
                        CheckBlock(kernel, op, inputs, count, 0, k);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Rows_AnyNumber_GiveTheBitsOfEvaluate(DType dtype)
    {
        foreach ((string name, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(dtype))
        {
            if (inputs.Length != 1 || op.Rows(new(inputs[0].Shape, inputs[0].DType)) is not { } kernel)
            {
                continue;
            }

            TensorType type = op.Infer(inputs);
            byte[] expected = Bytes(op.Evaluate(inputs, type)), x = Bytes(inputs[0].RawData);
            int rows = type.Shape.Size / Math.Max(1, kernel.Results), sizeX = inputs[0].DType.ByteSize(), sizeY = type.DType.ByteSize();
            Assert.Equal(rows * kernel.Columns, inputs[0].Size);
            foreach (int step in new[] { 1, 2, Math.Max(1, rows) })
            {
                byte[] actual = Enumerable.Repeat(Garbage, expected.Length + 64).ToArray();
                fixed (byte* from = x, to = actual)
                {
                    for (int row = 0; row < rows; row += step)
                    {
                        kernel.Run(from + (row * kernel.Columns * sizeX), to + (row * kernel.Results * sizeY), Math.Min(step, rows - row));
                    }
                }

                Assert.True(expected.AsSpan().SequenceEqual(actual.AsSpan(0, expected.Length)), $"{op} in {name}, {step} rows at a time");
                Assert.All(actual[expected.Length..], value => Assert.Equal(Garbage, value));
            }
        }
    }

    private static void CheckBlock(BlockKernel kernel, Op op, Tensor[] inputs, int count, int constant, int inPlace)
    {
        DType resultType = op.Infer(Array.ConvertAll(inputs, x => Element(x, 0))).DType;
        int size = resultType.ByteSize();
        if (inPlace >= 0 && inputs[inPlace].DType.ByteSize() != size)
        {
            return;
        }

        byte[] expected = new byte[count * size];
        for (int i = 0; i < count; i++)
        {
            Tensor[] element = [.. inputs.Select((x, k) => Element(x, (constant & (1 << k)) != 0 ? 0 : i))];
            try
            {
                Bytes(op.Evaluate(element, new TensorType(Shape.Scalar, resultType))).CopyTo(expected, i * size);
            }
            catch (DivideByZeroException)
            {
                return;
            }
        }

        byte[][] operands = [.. inputs.Select((x, k) => Operand(x, (constant & (1 << k)) != 0 ? 1 : count)), .. Enumerable.Repeat(Array.Empty<byte>(), 3 - inputs.Length)];
        byte[] result = inPlace >= 0 ? operands[inPlace] : Enumerable.Repeat(Garbage, expected.Length + 64).ToArray();
        fixed (byte* a = operands[0], b = operands[1], c = operands[2], y = result)
        {
            kernel.Run(a, b, c, y, count, constant);
        }

        Assert.True(
            expected.AsSpan().SequenceEqual(result.AsSpan(0, expected.Length)),
            $"{op}({string.Join(", ", inputs.Select(x => x.DType))}), {count} elements, constant {constant}, in place {inPlace}");
        Assert.All(result[expected.Length..], value => Assert.Equal(Garbage, value));
    }

    /// <summary>An element of a tensor, again from the front at its end.</summary>
    private static Tensor Element(Tensor x, int index) => x.Reshape(-1)[index % x.Size];

    /// <summary>That many elements, and bytes behind them that must not change.</summary>
    private static byte[] Operand(Tensor x, int count)
    {
        byte[] data = Bytes(x.RawData), result = Enumerable.Repeat(Garbage, (count * x.DType.ByteSize()) + 64).ToArray();
        for (int i = 0; i < count * x.DType.ByteSize(); i++)
        {
            result[i] = data[i % data.Length];
        }

        return result;
    }

    private static byte[] Bytes(Array array)
    {
        byte[] bytes = new byte[Buffer.ByteLength(array)];
        Buffer.BlockCopy(array, 0, bytes, 0, bytes.Length);
        return bytes;
    }

    private static void AssertAllocatesNothing(Op op, Tensor[] inputs, Array result)
    {
        long least = long.MaxValue;

        // A collection may empty the pool that scratch comes from, so the least of several rounds counts.
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                op.Evaluate(inputs, result);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least == 0, $"{op} of {string.Join(", ", inputs.Select(x => $"{x.DType} {x.Shape}"))} allocates {least / 20} bytes a call.");
    }
}
