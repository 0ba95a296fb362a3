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

    /// <summary>How many cells <see cref="Check"/> reads and writes behind those of the decision: the six that it changes, and again.</summary>
    public const int CheckBuffers = 6 + 6;

    /// <summary>Refuses a step that would make a weight infinite or NaN, before it is taken.</summary>
    public static Kernel Check(FlatLayout layout, UpdateRule rule, DType cell, UpdateGuard guard)
    {
        var program = new ProgramBuilder();
        (int[] old, int[] next, int? _) = Next(program, layout.DType, rule, cell, guard);
        int isFinite = program.Ask(KernelOp.Less, program.Emit(KernelOp.Abs, next[0]), program.Constant(double.PositiveInfinity, layout.DType));

        // Padding may become 0/0; a weight that is not finite before is a matter of its own.
        int wasFinite = program.Ask(KernelOp.Less, program.Emit(KernelOp.Abs, old[0]), program.Constant(double.PositiveInfinity, layout.DType));
        int isPadding = program.Ask(KernelOp.And, program.Ask(KernelOp.Equal, old[0], program.Constant(0.0, layout.DType)), program.Ask(
            KernelOp.Equal, program.Input(1 + rule.Buffers, layout.DType), program.Constant(0.0, layout.DType)));
        int passes = program.Ask(KernelOp.Or, isFinite, program.Ask(KernelOp.Or, isPadding, program.Ask(KernelOp.Not, wasFinite)));
        int place = program.Select(passes, program.Constant(DType.Int32, layout.Length), program.Index(0, DType.Int32));

        var finish = new ProgramBuilder();
        int first = finish.Input(0, DType.Int32);
        int taken = finish.Input(1, cell), bad = finish.Input(2, cell), badStep = finish.Input(3, cell), steps = finish.Input(4, cell);
        int broken = finish.Input(5, cell), brokenRest = finish.Input(6, cell);
        int zero = finish.Constant(0.0, cell), one = finish.Constant(1.0, cell);
        int isFound = finish.Ask(KernelOp.Less, first, finish.Constant(DType.Int32, layout.Length));
        int breaks = finish.Ask(KernelOp.And, finish.Ask(KernelOp.Less, zero, taken), isFound);
        int before = finish.Emit(KernelOp.Subtract, steps, one), range = finish.Constant(DType.Int32, DeviceOptimizerState.CellRange);
        int Cell(KernelOp op) => finish.Convert(finish.Emit(op, first, range), cell);
        int[] outputs =
        [
            finish.Select(breaks, zero, taken), finish.Select(breaks, one, bad), finish.Select(breaks, before, badStep), finish.Select(breaks, before, steps),
            finish.Select(breaks, finish.Emit(KernelOp.Add, Cell(KernelOp.Divide), one), broken), finish.Select(breaks, Cell(KernelOp.Remainder), brokenRest),
        ];
        ImmutableArray<View> cells =
        [
            .. ((int[])
                [
                    DeviceOptimizerState.Taken, DeviceOptimizerState.Bad, DeviceOptimizerState.BadStep, DeviceOptimizerState.Steps, DeviceOptimizerState.Broken,
                    DeviceOptimizerState.BrokenRest,
                ]).Select(index => new View(index, [])),
        ];
        return new ReduceKernel(
            "StepCheck", program.Build(place), [layout.Length], 0, 1, Read(rule, guard), [Reduction.Min], [], finish.Build(outputs), cells, cells);
    }

    /// <summary>The new weights and buffers; those of before where the step is not taken.</summary>
    public static Kernel Step(FlatLayout layout, UpdateRule rule, DType cell, UpdateGuard? guard)
    {
        var program = new ProgramBuilder();
        (int[] old, int[] next, int? taken) = Next(program, layout.DType, rule, cell, guard);
        for (int i = 0; taken is { } mask && i < next.Length; i++)
        {
            next[i] = program.Select(mask, next[i], old[i]);
        }

        return new MapKernel("OptimizerStep", program.Build(next), [layout.Length], Read(rule, guard), [.. Enumerable.Repeat(new View(0, [1]), next.Length)]);
    }

    private static (int[] Old, int[] Next, int? Taken) Next(ProgramBuilder program, DType type, UpdateRule rule, DType cell, UpdateGuard? guard)
    {
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

        return (old, program.Append(rule.Program(type), [old[0], gradient, .. old[1..]]), taken);
    }

    private static ImmutableArray<View> Read(UpdateRule rule, UpdateGuard? guard)
    {
        ImmutableArray<View> cells = guard is null ? [] : [new View(DeviceOptimizerState.Taken, [0]), new View(DeviceOptimizerState.Factor, [0])];
        return [.. Enumerable.Repeat(new View(0, [1]), 2 + rule.Buffers), .. cells];
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
