using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>The memory of one run of a plan. A plan that several threads run at once has one for each of them; it is used again when a run has ended.</summary>
internal sealed unsafe class Execution
{
    private readonly byte[] _arena;
    private readonly byte[] _parameters;
    private readonly long[] _versions;
    private readonly nint[] _segments;
    private readonly GCHandle[] _pins;
    private readonly Plan _plan;

    public Execution(Plan plan)
    {
        _plan = plan;
        _arena = AlignedMemory.Allocate(plan.ArenaBytes);
        _parameters = AlignedMemory.Allocate(plan.ParameterBytes);
        _versions = new long[plan.Parameters.Count];
        Array.Fill(_versions, -1);
        _segments = new nint[plan.SegmentCount];
        _segments[Location.Arena] = (nint)AlignedMemory.Start(_arena);
        _segments[Location.Constants] = (nint)AlignedMemory.Start(plan.Constants);
        _segments[Location.Parameters] = (nint)AlignedMemory.Start(_parameters);
        _pins = new GCHandle[plan.CallSegments.Length];
        Release();
        OpSteps = new OpStepMemory[plan.OpSteps.Count];
        for (int i = 0; i < OpSteps.Length; i++)
        {
            OpSteps[i] = MemoryOf(plan.OpSteps[i]);
            _segments[plan.FirstOpSegment + i] =
                (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(OpSteps[i].Result));
        }
    }

    /// <summary>The addresses of the segments.</summary>
    public ReadOnlySpan<nint> Segments => _segments;

    /// <summary>The arrays of the operations that run on arrays.</summary>
    public OpStepMemory[] OpSteps { get; }

    /// <summary>The address of a value.</summary>
    public byte* Address(Location location) => (byte*)_segments[location.Segment] + location.Offset;

    /// <summary>Whether a value lies in a segment for which a call may bring memory, and has not yet.</summary>
    public bool TakesMemory(Location location)
    {
        int index = location.Segment - _plan.FirstCallSegment;
        return (uint)index < (uint)_pins.Length && !_pins[index].IsAllocated;
    }

    /// <summary>Lets a segment be an array, until <see cref="Release"/>.</summary>
    public void Bind(int segment, Array values)
    {
        ref GCHandle pin = ref _pins[segment - _plan.FirstCallSegment];
        pin = GCHandle.Alloc(values, GCHandleType.Pinned);
        _segments[segment] = pin.AddrOfPinnedObject();
    }

    /// <summary>Lets go of the memory of a call.</summary>
    public void Release()
    {
        for (int i = 0; i < _pins.Length; i++)
        {
            if (_pins[i].IsAllocated)
            {
                _pins[i].Free();
            }

            long offset = _plan.CallSegments[i];
            _segments[_plan.FirstCallSegment + i] = offset < 0 ? 0 : _segments[Location.Arena] + (nint)offset;
        }
    }

    /// <summary>Brings the parameters up to date.</summary>
    public void Load()
    {
        for (int i = 0; i < _versions.Length; i++)
        {
            (Parameter parameter, Location location) = _plan.Parameters[i];
            if (parameter.Version != _versions[i])
            {
                parameter.CopyTo(Address(location));
                _versions[i] = parameter.Version;
            }
        }

        for (int i = 0; i < _plan.Blocks.Length; i++)
        {
            _segments[Location.First + i] = (nint)_plan.Blocks[i].Load();
        }
    }

    private OpStepMemory MemoryOf(OpStep step)
    {
        var inputs = new Tensor[step.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            (TensorType type, _, Tensor? constant, int? sharedWith) = step.Inputs[i];
            inputs[i] = constant ?? (step.IsTable(i)
                ? Tensor.Symbol(type.Shape, type.DType)
                : new Tensor(type.Shape, type.DType, sharedWith is { } other ? OpSteps[other].Result : type.DType.Allocate(type.Shape.Size)));
        }

        return new(inputs, Pinned(step.Result));
    }

    private static Array Pinned(TensorType type) => type.DType switch
    {
        DType.Float32 => GC.AllocateArray<float>(type.Shape.Size, pinned: true),
        DType.Float64 => GC.AllocateArray<double>(type.Shape.Size, pinned: true),
        DType.Int32 => GC.AllocateArray<int>(type.Shape.Size, pinned: true),
        DType.Int64 => GC.AllocateArray<long>(type.Shape.Size, pinned: true),
        _ => GC.AllocateArray<bool>(type.Shape.Size, pinned: true),
    };
}
