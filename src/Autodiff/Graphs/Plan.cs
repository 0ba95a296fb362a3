namespace ProbNet.Autodiff;

/// <summary>
/// A graph ready to run for inputs of given types: its stages and where every value lies. Immutable; what changes is in an <see cref="Execution"/>, and
/// in the blocks of the parameters that it changes.
/// </summary>
internal sealed unsafe class Plan : CompiledPlan
{
    private readonly Stack<Execution> _idle = [];

    /// <summary>Where the inputs go.</summary>
    public required Location[] InputLocations { get; init; }

    public required PlanStage[] Stages { get; init; }

    /// <summary>The types of the results, and where they are.</summary>
    public required (TensorType Type, Location Location)[] Results { get; init; }

    /// <summary>Parameters that are read, but not changed, and where they go.</summary>
    public required IReadOnlyList<(Parameter Parameter, Location Location)> Parameters { get; init; }

    public required PlanUpdate[] Updates { get; init; }

    /// <summary>What is written to parameters.</summary>
    public required PlanWrite[] Writes { get; init; }

    /// <summary>The blocks of the parameters that are changed, each in a segment of its own.</summary>
    public required ParameterBlock[] Blocks { get; init; }

    /// <summary>Whether a stage may be shared among threads.</summary>
    public required bool IsShared { get; init; }

    public required IReadOnlyList<OpStep> OpSteps { get; init; }

    public required byte[] Constants { get; init; }

    /// <summary>
    /// Where the values of the segments that a call brings its own memory for lie without it: offsets in the arena for results, −1 for inputs, which every call brings.
    /// </summary>
    public required long[] CallSegments { get; init; }

    public required long ArenaBytes { get; init; }

    public required long ParameterBytes { get; init; }

    public override Device Device => Device.Cpu;

    protected override bool IsOnDevice(int input) => false;

    public override bool ChangesState => Blocks.Length > 0;

    protected override IEnumerable<Parameter> Read => [.. Parameters.Select(parameter => parameter.Parameter), .. Blocks.SelectMany(block => block.Layout.Parameters)];

    /// <summary>The first segment whose memory may come with a call: a large input is read where it is, a large result written where it goes.</summary>
    public int FirstCallSegment => Location.First + Blocks.Length;

    /// <summary>The segment of the first operation that runs on arrays.</summary>
    public int FirstOpSegment => FirstCallSegment + CallSegments.Length;

    public int SegmentCount => FirstOpSegment + OpSteps.Count;

    /// <summary>Memory for a run.</summary>
    private Execution Rent()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out Execution? execution))
            {
                return execution;
            }
        }

        return new Execution(this);
    }

    private void Return(Execution execution)
    {
        execution.Release();
        lock (_idle)
        {
            _idle.Push(execution);
        }
    }

    public override Tensor[] Call(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        Execution execution = Rent();
        var results = new Tensor[Results.Length];
        for (int i = 0; i < results.Length; i++)
        {
            (TensorType type, Location location) = Results[i];
            if (execution.TakesMemory(location))
            {
                Array values = type.DType.Allocate(type.Shape.Size);
                execution.Bind(location.Segment, values);
                results[i] = new Tensor(type.Shape, type.DType, values);
            }
        }

        Execute(execution, key, inputs, ref outcome);
        for (int i = 0; i < results.Length; i++)
        {
            results[i] ??= Copy(execution, Results[i].Type, Results[i].Location);
        }

        Return(execution);
        return results;
    }

    public override double Number(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        RequireNumber(Results.Length == 0 ? null : Results[0].Type);
        Execution execution = Rent();
        Execute(execution, key, inputs, ref outcome);
        byte* at = execution.Address(Results[0].Location);
        double number = Results[0].Type.DType switch
        {
            DType.Float32 => *(float*)at,
            DType.Float64 => *(double*)at,
            DType.Int32 => *(int*)at,
            DType.Int64 => *(long*)at,
            _ => *at,
        };
        Return(execution);
        return number;
    }

    public override void Step(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        Execution execution = Rent();
        Execute(execution, key, inputs, ref outcome);
        Return(execution);
    }

    /// <summary>Runs the plan; the execution holds the results until it is returned.</summary>
    private void Execute(Execution execution, RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            Array values = inputs[i].RawData;
            if (execution.TakesMemory(InputLocations[i]))
            {
                execution.Bind(InputLocations[i].Segment, values);
                continue;
            }

            long bytes = (long)values.Length * inputs[i].DType.ByteSize();
            fixed (byte* from = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(values))
            {
                Buffer.MemoryCopy(from, execution.Address(InputLocations[i]), bytes, bytes);
            }
        }

        if (InputCount < Inputs.Length)
        {
            var bits = (ulong*)execution.Address(InputLocations[^1]);
            (bits[0], bits[1]) = (key.Key, key.Stream);
        }

        try
        {
            UpdateOutcome own = Run(execution);
            outcome = ChangesState ? own : outcome;
        }
        catch
        {
            execution.Release();
            throw;
        }
    }

    /// <summary>Runs the stages, then what changes parameters.</summary>
    /// <param name="execution">The memory, with the inputs in their places.</param>
    /// <returns>What became of the last optimizer's step.</returns>
    private UpdateOutcome Run(Execution execution)
    {
        execution.Load();
        if (IsShared && Workers.Threads > 1)
        {
            using Workers.Attendance attendance = Workers.Attend();
            return RunAll(execution);
        }

        return RunAll(execution);
    }

    private UpdateOutcome RunAll(Execution execution)
    {
        foreach (PlanStage stage in Stages)
        {
            stage.Run(execution);
        }

        var outcome = new UpdateOutcome(null, double.NaN, double.NaN);
        foreach (PlanUpdate update in Updates)
        {
            outcome = update.Run(execution);
        }

        foreach (PlanWrite write in Writes)
        {
            write.Run(execution);
        }

        return outcome;
    }

    /// <summary>A value as a tensor of its own.</summary>
    private static Tensor Copy(Execution execution, TensorType type, Location location)
    {
        Array values = type.DType.Allocate(type.Shape.Size);
        long bytes = Buffer.ByteLength(values);
        fixed (byte* to = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(values))
        {
            Buffer.MemoryCopy(execution.Address(location), to, bytes, bytes);
        }

        return new Tensor(type.Shape, type.DType, values);
    }
}
