namespace ProbNet.Autodiff;

/// <summary>Programs of operations, and those that reductions need around them.</summary>
internal static class Programs
{
    /// <summary>A function of one number.</summary>
    public static KernelProgram Unary(Op op, DType type)
    {
        var builder = new ProgramBuilder();
        return builder.Build(Record(builder, op, type, builder.Input(0, type)));
    }

    /// <summary>x / n for a number n of the launch, and a function of that.</summary>
    public static KernelProgram DivideByNumber(DType type, Op? then = null)
    {
        var builder = new ProgramBuilder();
        int quotient = builder.Emit(KernelOp.Divide, type, builder.Input(0, type), builder.Number(0, type));
        return builder.Build(then is null ? quotient : Record(builder, then, type, quotient));
    }

    /// <summary>(a − b)².</summary>
    public static KernelProgram SquaredDifference(DType type)
    {
        var builder = new ProgramBuilder();
        int difference = builder.Emit(KernelOp.Subtract, type, builder.Input(0, type), builder.Input(1, type));
        return builder.Build(builder.Emit(KernelOp.Multiply, type, difference, difference));
    }

    /// <summary>x, and 1 where it is +∞.</summary>
    public static KernelProgram WithInfinities(DType type)
    {
        var builder = new ProgramBuilder();
        int x = builder.Input(0, type);
        return builder.Build(x, builder.Emit(KernelOp.Select, type, IsInfinite(builder, x, type), builder.Constant(1, type), builder.Constant(0, type)));
    }

    /// <summary>eˣ⁻ᵗ for the total t: 1/n where both are +∞, of n such elements, and 0 where both are −∞.</summary>
    public static KernelProgram Share(DType type)
    {
        var builder = new ProgramBuilder();
        int share = Record(builder, Exp.Instance, type, LogShare(builder, type, out int isEmpty));
        return builder.Build(builder.Emit(KernelOp.Select, type, isEmpty, builder.Constant(0, type), share));
    }

    /// <summary>x − t for the total t: −log n where both are +∞, of n such elements, and −∞ where both are −∞.</summary>
    public static KernelProgram LogShare(DType type)
    {
        var builder = new ProgramBuilder();
        int share = LogShare(builder, type, out int isEmpty);
        return builder.Build(builder.Emit(KernelOp.Select, type, isEmpty, builder.Constant(double.NegativeInfinity, type), share));
    }

    private static int LogShare(ProgramBuilder builder, DType type, out int isEmpty)
    {
        int x = builder.Input(0, type), total = builder.Input(1, type), count = builder.Input(2, type);
        isEmpty = builder.Emit(KernelOp.Equal, DType.Bool, total, builder.Constant(double.NegativeInfinity, type));
        int equal = builder.Emit(KernelOp.Negate, type, Record(builder, Log.Instance, type, count));
        return builder.Emit(KernelOp.Select, type, IsInfinite(builder, x, type), equal, builder.Emit(KernelOp.Subtract, type, x, total));
    }

    private static int IsInfinite(ProgramBuilder builder, int x, DType type) =>
        builder.Emit(KernelOp.Equal, DType.Bool, x, builder.Constant(double.PositiveInfinity, type));

    private static int Record(ProgramBuilder builder, Op op, DType type, int x) => op.Block([type])?.Record(builder, [x])
        ?? throw new InvalidOperationException($"{op.Name} has no program.");
}
