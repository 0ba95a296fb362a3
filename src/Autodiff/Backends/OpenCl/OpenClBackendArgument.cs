namespace ProbNet.Autodiff;

/// <summary>
/// Where a launch finds an argument of a stage: in what the caller gives, in the back end's scratch memory, or here.
/// </summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Index">The number of a slice or of a launch number.</param>
/// <param name="Type">The type of the elements that an offset counts, or of a launch number.</param>
/// <param name="Offset">Elements to add to a slice's offset; the first element of a part of the scratch memory.</param>
/// <param name="Value">A value that is known when the kernel is compiled.</param>
internal readonly record struct OpenClBackendArgument(
    OpenClBackendArgumentKind Kind, int Index = 0, DType Type = DType.Float32, long Offset = 0, OpenClArgument Value = default)
{
    /// <summary>The argument for a launch.</summary>
    public OpenClArgument Resolve(ReadOnlySpan<BufferSlice> slices, ReadOnlySpan<double> numbers, IDeviceBuffer? scratch) => Kind switch
    {
        OpenClBackendArgumentKind.Slice => OpenClArgument.Buffer(slices[Index].Buffer),
        OpenClBackendArgumentKind.SliceOffset => slices[Index].Offset / Type.ByteSize() + Offset,
        OpenClBackendArgumentKind.Scratch => OpenClArgument.Buffer(scratch!),
        OpenClBackendArgumentKind.Number => Number(numbers[Index]),
        _ => Value,
    };

    private OpenClArgument Number(double value) => Type switch
    {
        DType.Float32 => (OpenClArgument)(float)value,
        DType.Float64 => (OpenClArgument)value,
        DType.Int32 => (OpenClArgument)(int)value,
        DType.Int64 => (OpenClArgument)(long)value,
        _ => (OpenClArgument)(value != 0 ? 1 : 0),
    };
}
