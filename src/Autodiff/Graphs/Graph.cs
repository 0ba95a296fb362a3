namespace ProbNet.Autodiff;

/// <summary>
/// A function of tensors that was compiled: it is called once with symbols for every new combination of input shapes, and what it computed is then
/// replayed as fused kernels over memory that is planned once, without building a graph and, for steps whose results are state or one number, without
/// any managed allocation. Gradients, optimizers' steps, random draws, and readings and writings of <see cref="Parameter.Value"/> may be part of it.
/// </summary>
/// <remarks>
/// The function must not read the values of its tensors (<see cref="TracingException"/>), and has no other effects than those on parameters and
/// optimizers. What changes between calls is an input, a parameter or the key; all else that it captures is a constant, with the value of the first call.
/// A step of an optimizer takes effect at the end of a call, with the learning rate that its schedule has then. Compiled and eager results agree to
/// rounding. Inside of another graph, or where a gradient is taken through it, the function is simply called.
/// Several threads may call a graph at once; calls that change parameters wait for each other. While one runs, no other thread may use those parameters.
/// </remarks>
public sealed partial class Graph
{
    // Plans that are kept, one for each combination of input shapes.
    private const int MostPlans = 16;

    private static readonly TensorType s_keyType = new([2], DType.Int64);

    private readonly Func<RandomKey, Tensor[], Tensor[]> _function;
    private readonly bool _takesKey;
    private UpdateOutcome? _lastUpdate;
    private readonly List<CompiledPlan> _plans = [];
    private readonly List<ParameterBlock> _blocks = [];
    private readonly List<DeviceParameterBlock> _deviceBlocks = [];
    private readonly object _gate = new(), _state = new();

    private Graph(Func<RandomKey, Tensor[], Tensor[]> function, bool takesKey)
    {
        _function = function;
        _takesKey = takesKey;
    }

    /// <summary>How many combinations of input shapes are compiled at the moment; from 16 on, a new one takes the place of the one that was not called for longest.</summary>
    public int PlanCount
    {
        get
        {
            lock (_gate)
            {
                return _plans.Count;
            }
        }
    }

    /// <summary>What became of the optimizer's step in the last call; null if there was none, or if a device still works on it: see <see cref="TakeTotals"/>.</summary>
    internal UpdateOutcome? LastUpdate => _lastUpdate;

    /// <summary>Compiles a function of one tensor. It is traced at the first call.</summary>
    /// <param name="f">The function.</param>
    public static Graph Compile(Func<Tensor, Tensor> f) => new((_, x) => [f(Only(x, 1)[0])], false);

    /// <summary>Compiles a function of two tensors.</summary>
    /// <inheritdoc cref="Compile(Func{Tensor, Tensor})"/>
    public static Graph Compile(Func<Tensor, Tensor, Tensor> f) => new((_, x) => [f(Only(x, 2)[0], x[1])], false);

    /// <summary>Compiles a function of any number of tensors, with any number of results.</summary>
    /// <inheritdoc cref="Compile(Func{Tensor, Tensor})"/>
    public static Graph Compile(Func<Tensor[], Tensor[]> f) => new((_, x) => f(x), false);

    /// <summary>Compiles a function that draws random numbers: from the key of the call, which takes the place of a captured one.</summary>
    /// <inheritdoc cref="Compile(Func{Tensor, Tensor})"/>
    public static Graph Compile(Func<RandomKey, Tensor[], Tensor[]> f) => new(f, true);

    /// <summary>Calls the function.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <returns>The results: tensors of their own, which do not change later.</returns>
    /// <exception cref="TracingException">The function reads the values of a symbol, or draws from a key that it captured.</exception>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs) => Results(NoKey(), inputs);

    /// <summary>Calls the function with a key.</summary>
    /// <param name="key">The source of randomness of this call.</param>
    /// <param name="inputs">The arguments.</param>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public Tensor[] Run(RandomKey key, params ReadOnlySpan<Tensor> inputs) => Results(WithKey(key), inputs);

    /// <summary>Calls a function with one result.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public Tensor Call(params ReadOnlySpan<Tensor> inputs)
    {
        Tensor[] results = Run(inputs);
        return results.Length == 1
            ? results[0]
            : throw new InvalidOperationException($"Graph.Call: the function has {results.Length} results; Call is for one: use Run.");
    }

    /// <summary>Calls the function and returns its first result, which has one element, as a number. Allocates nothing once the function is compiled.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <exception cref="ShapeException">The first result has more than one element.</exception>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public double Scalar(params ReadOnlySpan<Tensor> inputs) => Number(NoKey(), inputs);

    /// <summary>Calls the function with a key and returns its first result as a number. Allocates nothing once the function is compiled.</summary>
    /// <param name="key">The source of randomness of this call.</param>
    /// <param name="inputs">The arguments.</param>
    /// <inheritdoc cref="Scalar(ReadOnlySpan{Tensor})"/>
    public double Scalar(RandomKey key, params ReadOnlySpan<Tensor> inputs) => Number(WithKey(key), inputs);

    /// <summary>Calls the function for what it changes. On a device nothing waits for it.</summary>
    /// <param name="inputs">The arguments.</param>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public void Step(params ReadOnlySpan<Tensor> inputs) => Change(NoKey(), inputs);

    /// <summary>Calls the function with a key for what it changes. On a device nothing waits for it.</summary>
    /// <param name="key">The source of randomness of this call.</param>
    /// <param name="inputs">The arguments.</param>
    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public void Step(RandomKey key, params ReadOnlySpan<Tensor> inputs) => Change(WithKey(key), inputs);

    /// <summary>
    /// Calls the function, which changes what it changes, and takes the time of every kernel on the device. The first call compiles, so that a second one tells more.
    /// </summary>
    /// <param name="inputs">The arguments.</param>
    /// <returns>A table of kernels and times.</returns>
    /// <exception cref="DeviceException">The graph runs on the processor, or on a device that takes no times.</exception>
    public GraphProfile Profile(params Tensor[] inputs) => Profiled(NoKey(), inputs);

    /// <inheritdoc cref="Profile(Tensor[])"/>
    /// <param name="key">The source of randomness of this call.</param>
    /// <param name="inputs">The arguments.</param>
    public GraphProfile Profile(RandomKey key, params Tensor[] inputs) => Profiled(WithKey(key), inputs);

    /// <summary>The plan of the last call: stages, fused groups, operations, and the bytes of what is kept in memory.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            return _plans.Count == 0 ? "graph: not called yet" : _plans[0].Listing;
        }
    }

    private Tensor[] Results(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        if (RunsEagerly(key, inputs))
        {
            return _function(key, inputs.ToArray());
        }

        CompiledPlan plan = PlanOf(inputs);
        using StateLock held = Enter(plan);
        return plan.Call(key, inputs, ref _lastUpdate);
    }

    private GraphProfile Profiled(RandomKey key, Tensor[] inputs)
    {
        Device device = PlanOf(inputs).Device;
        if (device.IsCpu || device.Backend is not IProfiler profiler)
        {
            throw new DeviceException($"Graph.Profile: the graph runs on {device}, which takes no times of kernels; move its parameters and inputs to an OpenCL device.");
        }

        device.Synchronize();
        profiler.StartProfile();
        IReadOnlyList<KernelTime> kernels;
        try
        {
            Change(key, inputs);
            device.Synchronize();
        }
        finally
        {
            kernels = profiler.StopProfile();
        }

        return new GraphProfile(device, [.. kernels.OrderByDescending(kernel => kernel.Total)]);
    }

    private void Change(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        if (RunsEagerly(key, inputs))
        {
            _function(key, inputs.ToArray());
            return;
        }

        CompiledPlan plan = PlanOf(inputs);
        using StateLock held = Enter(plan);
        plan.Step(key, inputs, ref _lastUpdate);
    }

    /// <summary>What became of guarded steps on a device since this was last asked; null if there is no such step. Waits for the device.</summary>
    internal UpdateTotals? TakeTotals() => _deviceBlocks.SelectMany(block => block.States).FirstOrDefault()?.TakeTotals();

    /// <summary>Compiles for inputs of these types, without a call: a device may then compile the kernels of many graphs together.</summary>
    internal void Prepare(params ReadOnlySpan<Tensor> inputs) => PlanOf(inputs);

    /// <summary>Forgets the plans of a device whose parameters have left it, and with them their memory there.</summary>
    internal void Leave(Device device)
    {
        lock (_gate)
        {
            _plans.RemoveAll(plan => plan.Device == device && !plan.HasParameters);
            _deviceBlocks.RemoveAll(block => block.Device == device && !block.IsInUse);
        }
    }

    private double Number(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        if (RunsEagerly(key, inputs))
        {
            return _function(key, inputs.ToArray())[0].ToScalar();
        }

        CompiledPlan plan = PlanOf(inputs);
        using StateLock held = Enter(plan);
        return plan.Number(key, inputs, ref _lastUpdate);
    }

    /// <summary>Waits for other calls, if this one changes parameters: until its results have been copied, for they may lie where the next call writes.</summary>
    private StateLock Enter(CompiledPlan plan)
    {
        if (!plan.ChangesState)
        {
            return default;
        }

        Monitor.Enter(_state);
        _lastUpdate = null;
        return new StateLock(_state);
    }

    private CompiledPlan PlanOf(ReadOnlySpan<Tensor> inputs)
    {
        lock (_gate)
        {
            for (int i = 0; i < _plans.Count; i++)
            {
                CompiledPlan plan = _plans[i];
                if (plan.Fits(inputs))
                {
                    if (i > 0)
                    {
                        _plans.RemoveAt(i);
                        _plans.Insert(0, plan);
                    }

                    return plan;
                }
            }

            CompiledPlan added = Trace(inputs);
            if (_plans.Count == MostPlans)
            {
                _plans.RemoveAt(MostPlans - 1);
            }

            _plans.Insert(0, added);
            return added;
        }
    }

    /// <summary>Whether the function is called as it is: inside of another trace, or where a gradient is taken through it.</summary>
    private static bool RunsEagerly(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        // Within a gradient, for the function may use tensors that the gradient watches.
        if (Autodiff.Trace.Current is not null || GradientScope.IsOpen || key.Symbol is not null)
        {
            return true;
        }

        foreach (Tensor input in inputs)
        {
            if (input.IsSymbolic || input.Levels != 0)
            {
                return true;
            }
        }

        return false;
    }

    private RandomKey NoKey() => !_takesKey
        ? default
        : throw new ArgumentException("Graph: the function draws random numbers; pass a key in front of the inputs, a new one for every call.");

    private RandomKey WithKey(RandomKey key) => _takesKey
        ? key
        : throw new ArgumentException("Graph: the function takes no key, but one was given; compile a function whose first argument is a RandomKey.", nameof(key));

    private static Tensor[] Only(Tensor[] inputs, int count) => inputs.Length == count
        ? inputs
        : throw new ArgumentException($"Graph: the function takes {count} inputs, but {inputs.Length} were given.", nameof(inputs));

    /// <summary>Holds the state of a graph until it is disposed; the default holds nothing.</summary>
    private readonly ref struct StateLock(object? state)
    {
        public void Dispose()
        {
            if (state is not null)
            {
                Monitor.Exit(state);
            }
        }
    }
}
