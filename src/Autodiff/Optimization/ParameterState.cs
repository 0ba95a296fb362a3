namespace ProbNet.Autodiff;

/// <summary>What an optimizer remembers about one parameter: the number of its steps, and arrays of its size and type.</summary>
public sealed class ParameterState
{
    private readonly int _length;

    // Views: an array of its own, or a part of a flat one that it shares with other parameters.
    private Array[] _arrays;
    private int[] _starts;

    internal ParameterState(Parameter parameter, int buffers, int scalars)
        : this(parameter, Zeros(parameter, buffers), new int[buffers], parameter.Shape.Size, scalars)
    {
    }

    internal ParameterState(Parameter parameter, Array[] arrays, int[] starts, int length, int scalars)
    {
        Parameter = parameter;
        _arrays = arrays;
        _starts = starts;
        _length = length;
        Scalars = new double[scalars];
    }

    /// <summary>The parameter; where parameters are updated as one (<see cref="Optimizer.IsElementwise"/>), the first of them.</summary>
    public Parameter Parameter { get; }

    /// <summary>The number of the current step of this parameter: 1 in the first.</summary>
    public long Step { get; internal set; }

    /// <summary>Single numbers that the optimizer keeps; zeros before the first step.</summary>
    public double[] Scalars { get; }

    /// <summary>How many arrays there are.</summary>
    internal int BufferCount => _arrays.Length;

    /// <summary>Which call of the optimizer has used this state last.</summary>
    internal long Call { get; set; }

    /// <summary>Whether all weights of the last update are finite; null where the update has not looked.</summary>
    internal bool? IsFinite { get; set; }

    /// <summary>The largest magnitude among the weights after the last update; infinity where the update has not looked.</summary>
    internal double LargestWeight { get; set; } = double.PositiveInfinity;

    /// <summary>A bound of the magnitudes in the first array; infinity where it is not known.</summary>
    internal double LargestState { get; set; }

    /// <summary>An array of the size of the parameter, zeros before the first step, that the optimizer changes in place; empty if there is none.</summary>
    /// <param name="index">Which, in the order of the optimizer's <c>BufferNames</c>.</param>
    public Span<T> Buffer<T>(int index) where T : unmanaged =>
        index < _arrays.Length ? ((T[])_arrays[index]).AsSpan(_starts[index], _length) : [];

    /// <summary>A copy of an array.</summary>
    internal Array Export(int index)
    {
        Array copy = Parameter.DType.Allocate(_length);
        Array.Copy(_arrays[index], _starts[index], copy, 0, _length);
        return copy;
    }

    /// <summary>Takes over the elements of an array.</summary>
    internal void Import(int index, Array values)
    {
        LargestState = double.PositiveInfinity;
        Array.Copy(values, 0, _arrays[index], _starts[index], _length);
    }

    internal bool LivesIn(Array[] arrays) => ReferenceEquals(_arrays[0], arrays[0]);

    /// <summary>Copies the contents into parts of other arrays, and stays there.</summary>
    internal void MoveTo(Array[] arrays, int[] starts, int offset)
    {
        var own = new int[starts.Length];
        for (int i = 0; i < own.Length; i++)
        {
            own[i] = starts[i] + offset;
            Array.Copy(_arrays[i], _starts[i], arrays[i], own[i], _length);
        }

        _arrays = arrays;
        _starts = own;
    }

    private static Array[] Zeros(Parameter parameter, int count)
    {
        var arrays = new Array[count];
        for (int i = 0; i < count; i++)
        {
            arrays[i] = parameter.DType.Allocate(parameter.Shape.Size);
            Array.Clear(arrays[i]);
        }

        return arrays;
    }
}
