using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Writes what the processor's kernels compute into a program. Operands and results are instructions of the builder.</summary>
internal static class RecordedKernel
{
    /// <summary>A function of one operand.</summary>
    public static int Unary<K, T>(ProgramBuilder builder, int a)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using ProgramBuilder.Recording recording = builder.Record();
        return K.Apply<RecordedLanes<T>, T>(new(a)).Number;
    }

    /// <summary>A function of two operands.</summary>
    public static int Binary<K, T>(ProgramBuilder builder, int a, int b)
        where K : struct, IBinaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using ProgramBuilder.Recording recording = builder.Record();
        return K.Apply<RecordedLanes<T>, T>(new(a), new(b)).Number;
    }

    /// <summary>A function of three operands.</summary>
    public static int Ternary<K, T>(ProgramBuilder builder, int a, int b, int c)
        where K : struct, ITernaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using ProgramBuilder.Recording recording = builder.Record();
        return K.Apply<RecordedLanes<T>, T>(new(a), new(b), new(c)).Number;
    }

    /// <summary>A question about a number: Bool.</summary>
    public static int Predicate<K, T>(ProgramBuilder builder, int a)
        where K : struct, IPredicateKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using ProgramBuilder.Recording recording = builder.Record();
        return K.Apply<RecordedLanes<T>, T>(new(a)).Mask;
    }

    /// <summary>A map from random bits, of an integer type of the size of <typeparamref name="T"/>, to numbers.</summary>
    /// <typeparam name="K">One of <see cref="RandomMaps"/>.</typeparam>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    public static KernelProgram RandomMap<K, T>()
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var builder = new ProgramBuilder();
        int bits = builder.Input(0, typeof(T) == typeof(float) ? DType.Int32 : DType.Int64);
        return builder.Build(Unary<K, T>(builder, bits));
    }

    /// <summary>The program of an elementwise operation; null if it has none and runs on the host.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="types">The types of its inputs.</param>
    public static KernelProgram? Of(Op op, ReadOnlySpan<DType> types)
    {
        var builder = new ProgramBuilder();
        Span<int> operands = stackalloc int[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            operands[i] = builder.Input(i, types[i]);
        }

        return op.Block(types)?.Record(builder, operands) is { } result ? builder.Build(result) : null;
    }
}
