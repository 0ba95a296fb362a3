namespace ProbNet.Autodiff;

/// <summary>
/// A named tensor that training changes: the only mutable cell. <see cref="Value"/> is a snapshot that never changes afterwards.
/// Where a tensor is expected, a parameter converts to its current value, connected to the gradient that is being taken.
/// </summary>
public sealed class Parameter
{
    // Null while a compiled step has changed the value, which then lies in the block until somebody asks for it.
    private Tensor? _value;
    private IParameterStore? _block;

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
        Shape = value.Shape;
        DType = value.DType;
        _value = value.IsFree ? value.To(Device.Cpu) : value;
    }

    /// <summary>The name, as saved and as listed.</summary>
    public string Name { get; }

    /// <summary>The shape; it never changes.</summary>
    public Shape Shape { get; }

    /// <summary>The element type; it never changes.</summary>
    public DType DType { get; }

    /// <summary>The current value. Setting it replaces the value; tensors read before keep theirs.</summary>
    /// <exception cref="ShapeException">The new value has another shape.</exception>
    /// <exception cref="DTypeException">The new value has another type.</exception>
    public Tensor Value
    {
        get => Trace.Current?.Read(this) ?? Current;
        set
        {
            if (value.Shape != Shape)
            {
                throw new ShapeException($"Parameter '{Name}': its shape is {Shape}; a value of shape {value.Shape} cannot replace it.");
            }

            if (value.DType != DType)
            {
                throw new DTypeException($"Parameter '{Name}': its type is {DType}; a value of type {value.DType} cannot replace it.");
            }

            if (Trace.Current is { } trace)
            {
                trace.Write(this, value);
                return;
            }

            // Values made of numbers alone go where the parameter is.
            Tensor next = value.IsFree ? value.To(Device) : value;
            Device before = Device;
            _value = next.Node is null ? next : next.With(null);
            _block = null;
            Version++;
            if (before != _value.Device)
            {
                before.Leave();
            }
        }
    }

    /// <summary>The value, whether a function is being traced or not.</summary>
    internal Tensor Current => _value ??= _block!.Snapshot(this);

    /// <summary>Where the value lives.</summary>
    public Device Device => _value?.Device ?? _block!.Device;

    /// <summary>Grows with every change of the value.</summary>
    internal long Version { get; private set; }

    /// <summary>Copies the value, wherever it is.</summary>
    internal unsafe void CopyTo(byte* to)
    {
        if (_value is null)
        {
            _block!.CopyTo(this, to);
            return;
        }

        Array values = _value.RawData;
        long bytes = Buffer.ByteLength(values);
        fixed (byte* from = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(values))
        {
            Buffer.MemoryCopy(from, to, bytes, bytes);
        }
    }

    /// <summary>Notes that the value is now in a block, changed; returns the new version.</summary>
    internal long MoveTo(IParameterStore block)
    {
        _block = block;
        _value = null;
        return ++Version;
    }

    /// <summary>The value as the gradient that is being taken sees it.</summary>
    public Tensor Read() => GradientScope.Read(this);

    /// <inheritdoc cref="Read"/>
    public static implicit operator Tensor(Parameter parameter) => parameter.Read();

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType} {Shape}";
}
