namespace ProbNet.Autodiff;

/// <summary>
/// A named tensor that training changes: the only mutable cell. <see cref="Value"/> is a snapshot that never changes afterwards.
/// Where a tensor is expected, a parameter converts to its current value, connected to the gradient that is being taken.
/// </summary>
public sealed class Parameter
{
    private Tensor _value;

    /// <summary>Creates a parameter.</summary>
    /// <param name="name">Its name, as saved and as listed.</param>
    /// <param name="value">The initial value, of a floating-point type.</param>
    /// <exception cref="DTypeException">The value is not of a floating-point type.</exception>
    public Parameter(string name, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!value.DType.IsFloating())
        {
            throw new DTypeException($"Parameter '{name}': the value is {value.DType} {value.Shape}; parameters are of a floating-point type.");
        }

        Name = name;
        _value = value;
    }

    /// <summary>The name, as saved and as listed.</summary>
    public string Name { get; }

    /// <summary>The shape; it never changes.</summary>
    public Shape Shape => _value.Shape;

    /// <summary>The element type; it never changes.</summary>
    public DType DType => _value.DType;

    /// <summary>The current value. Setting it replaces the value; tensors read before keep theirs.</summary>
    /// <exception cref="ShapeException">The new value has another shape.</exception>
    /// <exception cref="DTypeException">The new value has another type.</exception>
    public Tensor Value
    {
        get => Trace.Current?.Read(this) ?? _value;
        set
        {
            if (value.Shape != _value.Shape)
            {
                throw new ShapeException($"Parameter '{Name}': its shape is {_value.Shape}; a value of shape {value.Shape} cannot replace it.");
            }

            if (value.DType != _value.DType)
            {
                throw new DTypeException($"Parameter '{Name}': its type is {_value.DType}; a value of type {value.DType} cannot replace it.");
            }

            if (Trace.Current is { } trace)
            {
                trace.Write(this, value);
                return;
            }

            _value = value.Node is null ? value : new Tensor(value.Shape, value.DType, value.RawData);
        }
    }

    /// <summary>The value as the gradient that is being taken sees it.</summary>
    public Tensor Read() => GradientScope.Read(this);

    /// <inheritdoc cref="Read"/>
    public static implicit operator Tensor(Parameter parameter) => parameter.Read();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType} {Shape}";
}
