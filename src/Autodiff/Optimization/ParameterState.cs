namespace ProbNet.Autodiff;

/// <summary>What an optimizer remembers about one parameter: the number of its steps, and arrays of its size and type.</summary>
public sealed class ParameterState
{
    private readonly Array[] _buffers;

    internal ParameterState(Parameter parameter, int buffers, int scalars)
    {
        Parameter = parameter;
        _buffers = new Array[buffers];
        for (int i = 0; i < buffers; i++)
        {
            _buffers[i] = parameter.DType.Allocate(parameter.Shape.Size);
            Array.Clear(_buffers[i]);
        }

        Scalars = new double[scalars];
    }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The number of the current step of this parameter: 1 in the first.</summary>
    public long Step { get; internal set; }

    /// <summary>Single numbers that the optimizer keeps; zeros before the first step.</summary>
    public double[] Scalars { get; }

    /// <summary>How many arrays there are.</summary>
    internal int BufferCount => _buffers.Length;

    /// <summary>Which call of the optimizer has used this state last.</summary>
    internal long Call { get; set; }

    /// <summary>An array of the size of the parameter, zeros before the first step, that the optimizer changes in place; empty if there is none.</summary>
    /// <param name="index">Which, in the order of the optimizer's <c>BufferNames</c>.</param>
    public Span<T> Buffer<T>(int index) where T : unmanaged => index < _buffers.Length ? (T[])_buffers[index] : [];

    internal Array RawBuffer(int index) => _buffers[index];
}
