using System.Diagnostics;

namespace ProbNet.Autodiff;

/// <summary>
/// Parameters that are changed together, by one optimizer or by writing, as a flat buffer: the weights now, and a second buffer for the next ones, which change places. While a
/// compiled step has changed them, this is where their values are; they become tensors when somebody reads them.
/// </summary>
internal sealed unsafe class ParameterBlock : IParameterStore
{
    private readonly byte[][] _memory;
    private readonly long[] _versions;
    private int _current;
    private double _largest = double.PositiveInfinity;

    public ParameterBlock(IReadOnlyList<Parameter> parameters)
    {
        Layout = new FlatLayout(parameters);
        ElementBytes = parameters[0].DType.ByteSize();
        _memory = [AlignedMemory.Allocate((long)Layout.Length * ElementBytes), AlignedMemory.Allocate((long)Layout.Length * ElementBytes)];
        _versions = new long[parameters.Count];
        Array.Fill(_versions, -1);
    }

    /// <summary>Where each parameter is.</summary>
    public FlatLayout Layout { get; }

    public int ElementBytes { get; }

    public Device Device => Device.Cpu;

    /// <summary>Whether this is the block of some parameters.</summary>
    public bool Serves(IReadOnlyList<Parameter> parameters) => parameters.SequenceEqual(Layout.Parameters);

    /// <summary>The offset of a parameter in bytes; null if it is not in this block.</summary>
    public long? OffsetOf(Parameter parameter) => Layout.ByteOffsetOf(parameter);

    /// <summary>Takes over values that were set from outside, and returns the address of the buffer.</summary>
    public byte* Load()
    {
        byte* buffer = AlignedMemory.Start(_memory[_current]);
        for (int i = 0; i < _versions.Length; i++)
        {
            Parameter parameter = Layout.Parameters[i];
            if (parameter.Version != _versions[i])
            {
                parameter.CopyTo(buffer + ((long)Layout.Offsets[i] * ElementBytes));
                _versions[i] = parameter.Version;
                _largest = double.PositiveInfinity;
            }
        }

        return buffer;
    }

    /// <summary>The address of the buffer that takes the next values.</summary>
    public byte* Next => AlignedMemory.Start(_memory[1 - _current]);

    /// <summary>Takes an optimizer's step.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="gradient">The gradients, in the layout of the block.</param>
    /// <param name="keepsOld">Whether the old values are still read.</param>
    public void Step(Optimizer optimizer, byte* gradient, bool keepsOld)
    {
        // In place where that is possible: the second buffer then takes no room in the cache.
        FlatOutcome outcome = Run(optimizer, gradient, keepsOld ? Overwriting.Never : Overwriting.Always, default);
        Advance(outcome.IsInPlace, outcome.LargestWeight);
    }

    /// <summary>Takes an optimizer's step if all new weights are finite; else they stay as they were.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="gradient">The gradients, in the layout of the block.</param>
    /// <param name="norm">A bound of their magnitudes.</param>
    /// <param name="keepsOld">Whether the old values are still read.</param>
    /// <returns>The first parameter whose new weights were refused; null if none was.</returns>
    public Parameter? TryStep(Optimizer optimizer, byte* gradient, double norm, bool keepsOld)
    {
        FlatOutcome outcome = Run(optimizer, gradient, keepsOld ? Overwriting.Never : Overwriting.IfFinite, new Largest(_largest, norm, 0));
        if (!outcome.IsFinite)
        {
            Debug.Assert(!outcome.IsInPlace, "Weights are overwritten only by ones that are known to be finite.");
            return Broken(Next);
        }

        Advance(outcome.IsInPlace, outcome.LargestWeight);
        return null;
    }

    private FlatOutcome Run(Optimizer optimizer, byte* gradient, Overwriting overwrite, Largest before)
    {
        byte* value = AlignedMemory.Start(_memory[_current]);
        return ElementBytes == 4
            ? optimizer.StepFlat(Layout, (float*)value, (float*)gradient, (float*)Next, overwrite, before)
            : optimizer.StepFlat(Layout, (double*)value, (double*)gradient, (double*)Next, overwrite, before);
    }

    /// <summary>Makes the next values the current ones, or notes that the current ones have changed in place.</summary>
    /// <param name="isInPlace">Whether they have.</param>
    /// <param name="largest">The largest of them in magnitude; infinity where it is not known.</param>
    public void Advance(bool isInPlace = false, double largest = double.PositiveInfinity)
    {
        _largest = largest;
        _current = isInPlace ? _current : 1 - _current;
        for (int i = 0; i < _versions.Length; i++)
        {
            _versions[i] = Layout.Parameters[i].MoveTo(this);
        }
    }

    /// <summary>The first parameter with a value that is not finite. In a method of its own, because its closure would be allocated in every step.</summary>
    private Parameter Broken(byte* values) =>
        Layout.Parameters.First(parameter => !IsFinite(values + OffsetOf(parameter)!.Value, parameter.Shape.Size));

    private bool IsFinite(byte* values, int count) => ElementBytes == 4
        ? System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(new ReadOnlySpan<float>(values, count))
        : System.Numerics.Tensors.TensorPrimitives.IsFiniteAll(new ReadOnlySpan<double>(values, count));

    /// <summary>A parameter's value as a tensor.</summary>
    public Tensor Snapshot(Parameter parameter)
    {
        Array values = parameter.DType.Allocate(parameter.Shape.Size);
        fixed (byte* to = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(values))
        {
            CopyTo(parameter, to);
        }

        return new Tensor(parameter.Shape, parameter.DType, values);
    }

    /// <summary>Copies a parameter's value.</summary>
    public void CopyTo(Parameter parameter, byte* to)
    {
        long bytes = (long)parameter.Shape.Size * ElementBytes;
        Buffer.MemoryCopy(AlignedMemory.Start(_memory[_current]) + OffsetOf(parameter)!.Value, to, bytes, bytes);
    }
}
