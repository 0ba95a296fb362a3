namespace ProbNet.Autodiff;

/// <summary>
/// What a function does to the world while it is traced by a graph: which parameters it reads and writes, and which optimizers it steps.
/// A trace is current on the thread that runs the function, until it is disposed.
/// </summary>
internal sealed class Trace : IDisposable
{
    [ThreadStatic]
    private static Trace? t_current;

    private readonly Trace? _outer;
    private readonly Dictionary<Parameter, Tensor> _symbols = [];
    private readonly List<Parameter> _reads = [];
    private readonly Dictionary<Parameter, Tensor> _writes = [];
    private readonly List<TracedUpdate> _updates = [];

    public Trace()
    {
        _outer = t_current;
        t_current = this;
    }

    /// <summary>The trace that is running on this thread; null outside of one.</summary>
    public static Trace? Current => t_current;

    /// <summary>The parameters that were read, in the order of their first reading.</summary>
    public IReadOnlyList<Parameter> Reads => _reads;

    /// <summary>What was written last to each parameter.</summary>
    public IReadOnlyDictionary<Parameter, Tensor> Writes => _writes;

    /// <summary>The steps of optimizers, in order.</summary>
    public IReadOnlyList<TracedUpdate> Updates => _updates;

    /// <summary>The symbol that stands for a parameter's value at the start of a replay.</summary>
    public Tensor SymbolOf(Parameter parameter)
    {
        if (!_symbols.TryGetValue(parameter, out Tensor? symbol))
        {
            symbol = Tensor.Symbol(parameter.Shape, parameter.DType);
            _symbols[parameter] = symbol;
            _reads.Add(parameter);
        }

        return symbol;
    }

    /// <summary>The parameter's value at this point of the function.</summary>
    public Tensor Read(Parameter parameter)
    {
        foreach (TracedUpdate update in _updates)
        {
            if (update.Parameters.Contains(parameter))
            {
                throw new TracingException(
                    $"Parameter '{parameter.Name}' is read after {update.Optimizer.GetType().Name}.Step has changed it, while the function is traced; "
                    + "the step takes effect at the end of a replay: read the parameter before it, or outside of the traced function.");
            }
        }

        return _writes.GetValueOrDefault(parameter) ?? SymbolOf(parameter);
    }

    /// <summary>Records a new value of a parameter.</summary>
    public void Write(Parameter parameter, Tensor value)
    {
        if (_updates.Find(update => update.Parameters.Contains(parameter)) is { } step)
        {
            throw new TracingException(
                $"Parameter '{parameter.Name}' is written after {step.Optimizer.GetType().Name}.Step has changed it, while the function is traced; "
                + "each parameter may be changed once a replay: by one write, or by one step of one optimizer.");
        }

        SymbolOf(parameter);
        _writes[parameter] = value;
    }

    /// <summary>Records a step of an optimizer; it takes effect at the end of a replay.</summary>
    public void Update(Optimizer optimizer, IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> gradients, UpdateGuard? guard = null)
    {
        foreach (Parameter parameter in parameters)
        {
            if (_writes.ContainsKey(parameter) || _updates.Exists(update => update.Parameters.Contains(parameter)))
            {
                throw new TracingException(
                    $"{optimizer.GetType().Name}.Step: parameter '{parameter.Name}' has been changed before in the function that is traced; "
                    + "each parameter may be changed once a replay: by one write, or by one step of one optimizer.");
            }

            SymbolOf(parameter);
        }

        if (parameters.FirstOrDefault(parameter => parameter.DType != parameters[0].DType) is { } other)
        {
            throw new DTypeException(
                $"{optimizer.GetType().Name}.Step: parameter '{other.Name}' is {other.DType} and '{parameters[0].Name}' is {parameters[0].DType}; "
                + "in a function that is compiled, a step is of parameters of one type: use an optimizer for each.");
        }

        _updates.Add(new TracedUpdate(optimizer, [.. parameters], [.. gradients]) { Guard = guard });
    }

    public void Dispose() => t_current = _outer;
}
