namespace ProbNet.Autodiff;

/// <summary>
/// A graph ready to run for inputs of given types: its stages and where every value lies. Immutable; what changes is in an <see cref="Execution"/>, and
/// in the blocks of the parameters that it changes.
/// </summary>
internal sealed unsafe class Plan
{
    private readonly Stack<Execution> _idle = [];

    /// <summary>The types of the inputs.</summary>
    public required TensorType[] Inputs { get; init; }

    /// <summary>How many of the inputs are arguments of a call: all, or all but the key.</summary>
    public required int InputCount { get; init; }

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

    public required long ArenaBytes { get; init; }

    public required long ParameterBytes { get; init; }

    public required string Listing { get; init; }

    /// <summary>Whether a run changes parameters.</summary>
    public bool ChangesState => Blocks.Length > 0;

    /// <summary>The segment of the first operation that runs on arrays.</summary>
    public int FirstOpSegment => Location.First + Blocks.Length;

    public int SegmentCount => FirstOpSegment + OpSteps.Count;

    /// <summary>Memory for a run.</summary>
    public Execution Rent()
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

    public void Return(Execution execution)
    {
        lock (_idle)
        {
            _idle.Push(execution);
        }
    }

    /// <summary>Whether the plan is for inputs of these types.</summary>
    public bool Fits(ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != InputCount)
        {
            return false;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].DType != Inputs[i].DType || inputs[i].Shape != Inputs[i].Shape)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs the stages, then what changes parameters.</summary>
    /// <param name="execution">The memory, with the inputs in their places.</param>
    /// <returns>What became of the last optimizer's step.</returns>
    public UpdateOutcome Run(Execution execution)
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
    public static Tensor Copy(Execution execution, TensorType type, Location location)
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
