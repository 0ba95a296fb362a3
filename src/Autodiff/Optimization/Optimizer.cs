using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Updates parameters from gradients. It remembers a state for each parameter, by reference: create one optimizer for a training run,
/// call <see cref="Step"/> once a batch.
/// </summary>
/// <remarks>
/// One of your own overrides <see cref="BufferNames"/> and <see cref="Update"/>: a plain loop over spans, the same for Float32 and Float64.
/// </remarks>
public abstract partial class Optimizer
{
    private readonly Dictionary<Parameter, ParameterState> _states = [];
    private ParameterState[] _order = [];
    private long _call;

    /// <summary>Creates the base of an optimizer.</summary>
    /// <param name="learningRate">The learning rate: a number or a schedule.</param>
    protected Optimizer(Schedule learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate over the steps; may be replaced at any time.</summary>
    public Schedule LearningRate { get; set; }

    /// <summary>How many steps have been taken: the index into <see cref="LearningRate"/>.</summary>
    public long StepCount { get; private set; }

    /// <summary>The learning rate of the next step.</summary>
    public double CurrentLearningRate => LearningRate.At(StepCount);

    /// <summary>The names of the arrays that are kept for each parameter, as they are saved.</summary>
    protected abstract IReadOnlyList<string> BufferNames { get; }

    /// <summary>How many single numbers are kept for each parameter.</summary>
    protected virtual int ScalarCount => 0;

    /// <summary>
    /// Whether the update of an element depends on that element alone (its value, gradient and state, the rate and the step), so that all parameters
    /// may be updated as one: compiled training steps then call <see cref="Update"/> once, on spans that hold all parameters with zeros in between.
    /// </summary>
    protected virtual bool IsElementwise => false;

    /// <summary>Changes the parameters by one step against their gradients. Nothing is changed if an argument is refused.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradients">Their gradients in the same order, each of its parameter's shape and type.</param>
    /// <exception cref="ShapeException">The number or a shape differs.</exception>
    /// <exception cref="DTypeException">A gradient is of another type than its parameter.</exception>
    /// <remarks>In a function that is compiled, the step becomes part of the graph and takes effect at the end of each replay.</remarks>
    public void Step(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients)
    {
        if (Trace.Current is { } trace)
        {
            Check(parameters, gradients);
            if (parameters.Distinct().Count() < parameters.Count)
            {
                throw GivenTwice(parameters.GroupBy(parameter => parameter).First(group => group.Count() > 1).Key);
            }

            trace.Update(this, parameters, gradients);
            return;
        }

        double rate = HyperParameter.NonNegative(CurrentLearningRate, GetType().Name, "learningRate");
        Pull();
        ParameterState[] states = Resolve(parameters, gradients);
        for (int i = 0; i < states.Length; i++)
        {
            ParameterState state = states[i];
            state.Step++;
            if (state.Parameter.DType == DType.Float32)
            {
                Apply<float>(state, gradients[i], rate);
            }
            else
            {
                Apply<double>(state, gradients[i], rate);
            }
        }

        StepCount++;
    }

    /// <summary>Forgets everything: the states of all parameters, the number of steps, and what was reported to the schedule.</summary>
    public void Reset()
    {
        Drop();
        _states.Clear();
        _flat.Clear();
        _order = [];
        StepCount = 0;
        LearningRate.Reset();
    }

    /// <summary>
    /// A copy of all that the optimizer remembers, from which <see cref="ImportState"/> resumes bit for bit: the number of steps, the
    /// schedule's memory, and for each parameter its own steps and arrays as <c>name/buffer</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Two parameters have the same name.</exception>
    public IReadOnlyDictionary<string, Tensor> ExportState()
    {
        Pull();
        var result = new Dictionary<string, Tensor> { [StepKey] = Tensor.From(StepCount).Reshape(Shape.Scalar) };
        double[] schedule = LearningRate.ExportState();
        if (schedule.Length > 0)
        {
            result[ScheduleKey] = Tensor.From(schedule);
        }

        foreach (ParameterState state in _states.Values)
        {
            string name = state.Parameter.Name;
            if (!result.TryAdd($"{name}/{StepKey}", Tensor.From(state.Step).Reshape(Shape.Scalar)))
            {
                throw new InvalidOperationException(
                    $"{GetType().Name}: two parameters are named '{name}'; a state can only be exported when names are unique.");
            }

            for (int i = 0; i < state.BufferCount; i++)
            {
                result[$"{name}/{BufferNames[i]}"] = new Tensor(state.Parameter.Shape, state.Parameter.DType, state.Export(i));
            }

            if (state.Scalars.Length > 0)
            {
                result[$"{name}/{ScalarsKey}"] = Tensor.From(state.Scalars);
            }
        }

        return result;
    }

    /// <summary>Takes over a state from <see cref="ExportState"/> of an optimizer of the same kind. Nothing is changed if it is refused.</summary>
    /// <param name="state">The state.</param>
    /// <param name="parameters">The parameters it belongs to, found by name; one without entries starts anew.</param>
    /// <exception cref="ArgumentException">The state does not fit: the message lists every difference.</exception>
    public void ImportState(IReadOnlyDictionary<string, Tensor> state, IReadOnlyList<Parameter> parameters)
    {
        var problems = new List<string>();
        var unused = new HashSet<string>(state.Keys);
        Tensor? Take(string key, Shape shape, DType dtype)
        {
            unused.Remove(key);
            if (!state.TryGetValue(key, out Tensor? tensor))
            {
                problems.Add($"'{key}' is missing");
            }
            else if (tensor.Shape != shape || tensor.DType != dtype)
            {
                problems.Add($"'{key}' is {tensor.DType} {tensor.Shape}, but {dtype} {shape} is needed");
                tensor = null;
            }

            return tensor;
        }

        Tensor? steps = Take(StepKey, Shape.Scalar, DType.Int64);
        var states = new List<ParameterState>();
        foreach (Parameter parameter in parameters)
        {
            if (!state.ContainsKey($"{parameter.Name}/{StepKey}"))
            {
                continue;
            }

            ParameterState own = Create(parameter);
            own.Step = (long)(Take($"{parameter.Name}/{StepKey}", Shape.Scalar, DType.Int64)?.ToScalar() ?? 0);
            for (int i = 0; i < own.BufferCount; i++)
            {
                if (Take($"{parameter.Name}/{BufferNames[i]}", parameter.Shape, parameter.DType) is { } buffer)
                {
                    own.Import(i, buffer.RawData);
                }
            }

            if (own.Scalars.Length > 0)
            {
                Take($"{parameter.Name}/{ScalarsKey}", [own.Scalars.Length], DType.Float64)?.RawData.CopyTo(own.Scalars, 0);
            }

            states.Add(own);
        }

        unused.Remove(ScheduleKey);
        problems.AddRange(unused.Order(StringComparer.Ordinal).Select(key => $"'{key}' is not part of this optimizer's state"));
        if (problems.Count > 0)
        {
            throw new ArgumentException($"{GetType().Name}: the state does not fit: {string.Join("; ", problems)}.", nameof(state));
        }

        LearningRate.ImportState(state.TryGetValue(ScheduleKey, out Tensor? schedule) ? schedule.AsSpan<double>() : []);
        Drop();
        _states.Clear();
        _flat.Clear();
        _order = [];
        StepCount = (long)steps!.ToScalar();
        foreach (ParameterState own in states)
        {
            _states[own.Parameter] = own;
        }
    }

    /// <summary>Computes a parameter's new value and changes its state.</summary>
    /// <param name="state">The parameter's state; <see cref="ParameterState.Step"/> is already that of this step.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <param name="value">The value now, row-major.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="result">Where the new value goes: of the same length, with undefined contents.</param>
    protected abstract void Update<T>(
        ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// What <see cref="Update"/> computes, without computing it; null for an optimizer that has no rule. It moves on what is kept in <see cref="ParameterState.Scalars"/>,
    /// so it is asked for once a step.
    /// </summary>
    /// <param name="state">The parameter's state; <see cref="ParameterState.Step"/> is already that of this step.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    internal virtual UpdateStep? Plan(ParameterState state, double learningRate) => null;

    private const string StepKey = "step";
    private const string ScheduleKey = "schedule";
    private const string ScalarsKey = "scalars";

    private void Apply<T>(ParameterState state, Tensor gradient, double rate) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Parameter parameter = state.Parameter;
        T[] result = GC.AllocateUninitializedArray<T>(parameter.Shape.Size);
        Update<T>(state, rate, parameter.Value.Data<T>(), gradient.Data<T>(), result);
        parameter.Value = new Tensor(parameter.Shape, parameter.DType, result).To(parameter.Device);
    }

    /// <summary>The states of the parameters in their order, after all arguments have been checked.</summary>
    private ParameterState[] Resolve(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients)
    {
        Check(parameters, gradients);
        if (_order.Length != parameters.Count)
        {
            _order = new ParameterState[parameters.Count];
        }

        _call++;
        for (int i = 0; i < _order.Length; i++)
        {
            Parameter parameter = parameters[i];
            if (_order[i] is not { } state || !ReferenceEquals(state.Parameter, parameter))
            {
                _order[i] = state = StateOf(parameter);
            }

            if (state.Call == _call)
            {
                throw GivenTwice(parameter);
            }

            state.Call = _call;
        }

        return _order;
    }

    private void Check(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients)
    {
        if (parameters.Count != gradients.Count)
        {
            throw new ShapeException($"{GetType().Name}: {gradients.Count} gradients for {parameters.Count} parameters; one gradient a parameter is needed.");
        }

        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter parameter = parameters[i];
            Tensor gradient = gradients[i];
            if (gradient.Shape != parameter.Shape)
            {
                throw new ShapeException(
                    $"{GetType().Name}: the gradient of parameter '{parameter.Name}' has shape {gradient.Shape}; the parameter's shape is {parameter.Shape}.");
            }

            if (gradient.DType != parameter.DType)
            {
                throw new DTypeException(
                    $"{GetType().Name}: the gradient of parameter '{parameter.Name}' is {gradient.DType}; the parameter is {parameter.DType}.");
            }
        }
    }

    private ArgumentException GivenTwice(Parameter parameter) =>
        new($"{GetType().Name}: parameter '{parameter.Name}' is given twice.", "parameters");

    private ParameterState StateOf(Parameter parameter)
    {
        if (!_states.TryGetValue(parameter, out ParameterState? state))
        {
            _states[parameter] = state = Create(parameter);
        }

        return state;
    }

    private ParameterState Create(Parameter parameter) => new(parameter, BufferNames.Count, ScalarCount);
}
