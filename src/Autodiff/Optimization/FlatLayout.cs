namespace ProbNet.Autodiff;

/// <summary>
/// Where parameters of one type lie in a flat buffer: each at a multiple of <see cref="Alignment"/> elements, so that vectors of one never reach into
/// another. What lies between them is padding and stays zero.
/// </summary>
internal sealed class FlatLayout
{
    /// <summary>Offsets are multiples of this: 64 bytes of float, 128 of double.</summary>
    public const int Alignment = 16;

    private readonly Parameter[] _parameters;
    private readonly int[] _offsets;
    private readonly Dictionary<Parameter, int> _index = [];
    private readonly (int Start, int Count)[] _gaps;

    /// <summary>Lays out parameters in their order.</summary>
    /// <exception cref="ArgumentException">There is none, or one is given twice.</exception>
    /// <exception cref="DTypeException">Their types differ.</exception>
    public FlatLayout(IReadOnlyList<Parameter> parameters)
    {
        _parameters = [.. parameters];
        if (_parameters.Length == 0)
        {
            throw new ArgumentException("FlatLayout: there is no parameter to lay out.", nameof(parameters));
        }

        DType = _parameters[0].DType;
        _offsets = new int[_parameters.Length];
        var gaps = new List<(int, int)>();
        int next = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            Parameter parameter = _parameters[i];
            if (parameter.DType != DType)
            {
                throw new DTypeException(
                    $"FlatLayout: parameter '{parameter.Name}' is {parameter.DType} and '{_parameters[0].Name}' is {DType}; one buffer holds one type.");
            }

            if (!_index.TryAdd(parameter, i))
            {
                throw new ArgumentException($"FlatLayout: parameter '{parameter.Name}' is given twice.", nameof(parameters));
            }

            _offsets[i] = next;
            int end = checked(next + parameter.Shape.Size);
            next = checked((end + Alignment - 1) / Alignment * Alignment);
            if (next > end)
            {
                gaps.Add((end, next - end));
            }
        }

        Length = next;
        _gaps = [.. gaps];
    }

    /// <summary>The parameters, in the order of the buffer.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Their type.</summary>
    public DType DType { get; }

    /// <summary>The offset of each parameter, in elements.</summary>
    public ReadOnlySpan<int> Offsets => _offsets;

    /// <summary>The offset of a parameter in bytes; null if it is not in this layout.</summary>
    public long? ByteOffsetOf(Parameter parameter) => _index.TryGetValue(parameter, out int i) ? (long)_offsets[i] * DType.ByteSize() : null;

    /// <summary>The parameter in which an element of the buffer lies, or behind which as padding.</summary>
    public Parameter ParameterAt(int element) => _parameters[Array.FindLastIndex(_offsets, offset => offset <= element)];

    /// <summary>The length of the buffer in elements, a multiple of <see cref="Alignment"/>.</summary>
    public int Length { get; }

    /// <summary>Sets the padding to zero.</summary>
    public void ClearPadding<T>(Span<T> buffer)
    {
        foreach ((int start, int count) in _gaps)
        {
            buffer.Slice(start, count).Clear();
        }
    }

    /// <summary>Whether another layout has the same parameters in the same order, and so the same offsets.</summary>
    public bool Matches(FlatLayout other) =>
        ReferenceEquals(this, other) || _parameters.AsSpan().SequenceEqual(other._parameters);
}
