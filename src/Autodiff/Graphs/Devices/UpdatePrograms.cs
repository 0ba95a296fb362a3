using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// The kernels of an optimizer's step. Cells hold single numbers: see <see cref="DeviceOptimizerState"/> for which.
/// </summary>
internal static class UpdatePrograms
{
    /// <summary>How many cells <see cref="Decide"/> reads and writes, behind the loss: two norms and seven that it changes; those seven, the decision and the factor.</summary>
    public const int DecisionBuffers = 2 + Kept + Kept + 2;

    private const int Kept = 7;

    // As PyTorch's clip_grad_norm_, against division by zero.
    private const double NormGuard = 1e-6;

    /// <summary>Σ g² over all gradients, and over those that have been limited one by one: into the first two cells.</summary>
    public static Kernel Norms(FlatLayout layout, DType cell, UpdateGuard guard)
    {
        var program = new ProgramBuilder();
        int gradient = program.Input(0, layout.DType);
        int plain = program.Convert(gradient, cell), limited = program.Convert(Limited(program, gradient, guard), cell);
        ImmutableArray<Reduction> sums = [Reduction.Sum, Reduction.Sum];
        return new ReduceKernel(
            "GradientNorm", program.Build(program.Emit(KernelOp.Multiply, plain, plain), program.Emit(KernelOp.Multiply, limited, limited)),
            [layout.Length], 0, 1, [new View(0, [1])], sums, [], KernelProgram.Copy(cell, cell), [], [At(DeviceOptimizerState.Square), At(DeviceOptimizerState.LimitedSquare)]);

        static View At(int index) => new(index, []);
    }

    /// <summary>Whether the step is taken, and what it is multiplied by; and the sums of the epoch so far.</summary>
    public static Kernel Decide(DType type, DType cell, UpdateGuard guard)
    {
        var program = new ProgramBuilder();
        int loss = program.Convert(program.Input(0, type), cell), norm = program.Emit(KernelOp.Sqrt, program.Input(1, cell));
        int limited = program.Emit(KernelOp.Sqrt, program.Input(2, cell));
        int Cell(int index) => program.Input(3 + index, cell);
        int bad = Cell(0), steps = Cell(1), losses = Cell(2), norms = Cell(3), badStep = Cell(4), badLoss = Cell(5), badNorm = Cell(6);
        int zero = program.Constant(0.0, cell), one = program.Constant(1.0, cell), infinity = program.Constant(double.PositiveInfinity, cell);
        int Finite(int value) => program.Ask(KernelOp.Less, program.Emit(KernelOp.Abs, value), infinity);
        int Add(int sum, int value) => program.Emit(KernelOp.Add, sum, value);

        int finite = program.Ask(KernelOp.And, Finite(loss), Finite(norm)), before = program.Ask(KernelOp.Less, zero, bad);
        int taken = program.Ask(KernelOp.And, finite, program.Ask(KernelOp.Not, before));
        int breaks = program.Ask(KernelOp.Not, program.Ask(KernelOp.Or, finite, before));
        int weighted = program.Emit(KernelOp.Multiply, loss, program.Number(0, cell));
        int factor = guard.ClipNorm is { } most
            ? program.Emit(KernelOp.Min, one, program.Emit(KernelOp.Divide, program.Constant(most, cell), Add(limited, program.Constant(NormGuard, cell))))
            : one;
        int[] outputs =
        [
            program.Select(breaks, one, bad), program.Select(taken, Add(steps, one), steps), program.Select(taken, Add(losses, weighted), losses),
            program.Select(taken, Add(norms, norm), norms), program.Select(breaks, steps, badStep), program.Select(breaks, loss, badLoss),
            program.Select(breaks, norm, badNorm), program.Select(taken, one, zero), factor,
        ];
        ImmutableArray<View> inputs = [new View(0, [0]), .. Enumerable.Range(DeviceOptimizerState.Square, 2 + Kept).Select(At)];
        return new MapKernel(
            "StepGuard", program.Build(outputs), [1], inputs,
            [.. Enumerable.Range(DeviceOptimizerState.Bad, Kept).Select(At), At(DeviceOptimizerState.Taken), At(DeviceOptimizerState.Factor)]);

        static View At(int index) => new(index, [0]);
    }

    /// <summary>The new weights and buffers; those of before where the step is not taken. A weight that would become infinite or NaN stays.</summary>
    public static Kernel Step(FlatLayout layout, UpdateRule rule, DType cell, UpdateGuard? guard)
    {
        DType type = layout.DType;
        var program = new ProgramBuilder();
        int buffers = rule.Buffers;
        int[] old = [.. Enumerable.Range(0, 1 + buffers).Select(i => program.Input(i, type))];
        int gradient = program.Input(1 + buffers, type);
        int? taken = null;
        if (guard is not null)
        {
            taken = program.Ask(KernelOp.Less, program.Constant(0.0, cell), program.Input(2 + buffers, cell));
            int factor = program.Convert(program.Input(3 + buffers, cell), type);
            gradient = program.Emit(KernelOp.Multiply, Limited(program, gradient, guard), factor);
        }

        int[] next = program.Append(rule.Program(type), [old[0], gradient, .. old[1..]]);
        int isFinite = program.Ask(KernelOp.Less, program.Emit(KernelOp.Abs, next[0]), program.Constant(double.PositiveInfinity, type));
        next[0] = program.Select(isFinite, next[0], old[0]);
        for (int i = 0; taken is { } mask && i < next.Length; i++)
        {
            next[i] = program.Select(mask, next[i], old[i]);
        }

        var each = new View(0, [1]);
        ImmutableArray<View> values = [.. Enumerable.Repeat(each, 1 + buffers)];
        ImmutableArray<View> cells = guard is null ? [] : [new View(DeviceOptimizerState.Taken, [0]), new View(DeviceOptimizerState.Factor, [0])];
        return new MapKernel("OptimizerStep", program.Build(next), [layout.Length], [.. values, each, .. cells], values);
    }

    private static int Limited(ProgramBuilder program, int gradient, UpdateGuard guard)
    {
        if (guard.ClipValue is not { } limit)
        {
            return gradient;
        }

        DType type = program.TypeOf(gradient);
        return program.Emit(KernelOp.Min, program.Emit(KernelOp.Max, gradient, program.Constant(-limit, type)), program.Constant(limit, type));
    }
}
