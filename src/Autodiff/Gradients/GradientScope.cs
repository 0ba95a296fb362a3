namespace ProbNet.Autodiff;

/// <summary>
/// The extent of one gradient computation. Tensors that depend on what it watches carry its bit; while it runs backward the bit is suspended, so
/// that only enclosing scopes record the vector-Jacobian products; what leaves it is detached from it.
/// </summary>
internal sealed class GradientScope : IDisposable
{
    private static readonly AsyncLocal<GradientScope?> s_current = new();

    [ThreadStatic]
    private static ulong t_suspended;

    private readonly GradientScope? _parent;
    private readonly int _depth;
    private readonly ulong _suspended;
    private readonly Dictionary<Parameter, Tensor>? _parameters;

    public GradientScope(IReadOnlyList<Parameter>? parameters = null)
    {
        _parent = s_current.Value;
        _depth = _parent is null ? 0 : _parent._depth + 1;
        if (_depth == 64)
        {
            throw new InvalidOperationException("Gradient: more than 64 gradients are nested inside each other.");
        }

        if (parameters is not null)
        {
            _parameters = new Dictionary<Parameter, Tensor>(parameters.Count);
            foreach (Parameter parameter in parameters)
            {
                _parameters[parameter] = Watch(Read(parameter));
            }
        }

        // A gradient taken while another runs backward, in a vector-Jacobian product, records its own part.
        _suspended = t_suspended & Bit;
        t_suspended &= ~Bit;
        s_current.Value = this;
    }

    /// <summary>A scope that watches nothing: inside it, parameters read as the given values.</summary>
    public GradientScope(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor> values) : this()
    {
        _parameters = new Dictionary<Parameter, Tensor>(parameters.Count);
        for (int i = 0; i < parameters.Count; i++)
        {
            _parameters[parameters[i]] = values[i];
        }
    }

    /// <summary>The scopes for which nothing is recorded at the moment, on this thread.</summary>
    public static ulong Suspended => t_suspended;

    /// <summary>Whether a gradient is being taken.</summary>
    public static bool IsOpen => s_current.Value is not null;

    public ulong Bit => 1UL << _depth;

    /// <summary>Changes which scopes are suspended on this thread and returns what was suspended before.</summary>
    public static ulong Suspend(ulong levels)
    {
        ulong before = t_suspended;
        t_suspended = levels;
        return before;
    }

    /// <summary>The value of a parameter as the innermost scope that watches it sees it.</summary>
    public static Tensor Read(Parameter parameter)
    {
        for (GradientScope? scope = s_current.Value; scope is not null; scope = scope._parent)
        {
            if (scope._parameters is not null && scope._parameters.TryGetValue(parameter, out Tensor? watched))
            {
                return watched;
            }
        }

        return parameter.Value;
    }

    /// <summary>The same values as a new leaf, from which this scope's graph starts.</summary>
    public Tensor Watch(Tensor x)
    {
        if (!x.DType.IsFloating())
        {
            throw new DTypeException($"Gradient: the input is {x.DType} {x.Shape}; gradients exist for floating-point types only.");
        }

        return x.With(new TapeNode(Identity.Instance, [x], x.Levels | Bit));
    }

    /// <summary>Gradients of sum(dy · y) with respect to leaves of this scope; zeros where y does not depend on one.</summary>
    public Tensor[] Backward(Tensor y, Tensor dy, IReadOnlyList<Tensor> leaves)
    {
        // Recorded are only scopes that are still open: not this one, nor inner ones that have ended, whose bits the graph still carries.
        ulong open = s_current.Value is { } innermost ? (innermost.Bit << 1) - 1 : 0;
        ulong before = Suspend(t_suspended | Bit | ~open);
        try
        {
            Tensor?[] gradients = Tape.Backward(y, dy, leaves, Bit);
            var result = new Tensor[gradients.Length];
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = gradients[i] ?? Tensor.ZerosLike(leaves[i]);
            }

            return result;
        }
        finally
        {
            Suspend(before);
        }
    }

    /// <summary>The leaf that stands for a parameter in this scope.</summary>
    public Tensor LeafOf(Parameter parameter) => _parameters![parameter];

    /// <summary>A result detached from this scope: it keeps the graph of enclosing scopes, and only that.</summary>
    public Tensor Release(Tensor result)
    {
        if ((result.Levels & Bit) == 0)
        {
            return result;
        }

        ulong outer = result.Levels & (Bit - 1) & ~t_suspended;
        return outer == 0 && !result.IsSymbolic
            ? result.With(null)
            : result.With(new TapeNode(Identity.Instance, [result], outer));
    }

    public void Dispose()
    {
        t_suspended |= _suspended;
        s_current.Value = _parent;
    }
}
