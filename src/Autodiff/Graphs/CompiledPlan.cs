namespace ProbNet.Autodiff;

/// <summary>A graph ready to run for inputs of given types, on the processor or on a device.</summary>
internal abstract class CompiledPlan
{
    /// <summary>The types of the inputs.</summary>
    public required TensorType[] Inputs { get; init; }

    /// <summary>How many of the inputs are arguments of a call: all, or all but the key.</summary>
    public required int InputCount { get; init; }

    /// <summary>The plan as text.</summary>
    public required string Listing { get; init; }

    /// <summary>Where it runs.</summary>
    public abstract Device Device { get; }

    /// <summary>Whether a run changes parameters.</summary>
    public abstract bool ChangesState { get; }

    /// <summary>Whether the plan is for an input that lives on the device, and reads it there.</summary>
    protected abstract bool IsOnDevice(int input);

    /// <summary>The parameters that it reads or changes.</summary>
    protected abstract IEnumerable<Parameter> Read { get; }

    private Parameter[]? _read;

    /// <summary>Whether the plan is for inputs of these types, and for where they and the parameters live.</summary>
    public bool Fits(ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.Length != InputCount)
        {
            return false;
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            bool isWhereItWas = inputs[i].Memory is null ? !IsOnDevice(i) : IsOnDevice(i) && inputs[i].Device == Device;
            if (inputs[i].DType != Inputs[i].DType || inputs[i].Shape != Inputs[i].Shape || !isWhereItWas)
            {
                return false;
            }
        }

        return HasParameters;
    }

    /// <summary>Whether the parameters live where the plan runs: a model on the processor has no use for a plan of a device, and the other way round.</summary>
    public bool HasParameters
    {
        get
        {
            _read ??= [.. Read];
            foreach (Parameter parameter in _read)
            {
                if (parameter.Device != Device)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Runs the plan.</summary>
    /// <param name="key">The key of the call, if it takes one.</param>
    /// <param name="inputs">The arguments.</param>
    /// <param name="outcome">What became of the last optimizer's step; left as it is if there is none, or if it is not known yet.</param>
    /// <returns>The results, as tensors of their own.</returns>
    public abstract Tensor[] Call(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome);

    /// <summary>Runs the plan; its first result, which has one element, as a number.</summary>
    /// <inheritdoc cref="Call"/>
    public abstract double Number(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome);

    /// <summary>Runs the plan for what it changes.</summary>
    /// <inheritdoc cref="Call"/>
    public abstract void Step(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome);

    /// <summary>Refuses a first result that is no number.</summary>
    protected static void RequireNumber(TensorType? first)
    {
        if (first is not { } type || type.Shape.Size != 1)
        {
            throw new ShapeException(
                $"Graph.Scalar: the first result is {(first is null ? "missing" : first)}; one with a single element is needed: use Run.");
        }
    }
}
