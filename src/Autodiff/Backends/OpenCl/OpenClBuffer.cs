namespace ProbNet.Autodiff;

/// <summary>
/// One allocation on an OpenCL device. It has no finalizer: the pool owns it. Commands that are queued keep the memory until they have run.
/// </summary>
internal sealed class OpenClBuffer(OpenClContext context, nint handle, long bytes) : IDeviceBuffer
{
    public long Bytes { get; } = bytes;

    public OpenClContext Context { get; } = context;

    /// <summary>The memory object; 0 once disposed. Read and written under the context's lock.</summary>
    public nint Handle { get; set; } = handle;

    public void Dispose() => Context.Release(this);

    public override string ToString() =>
        FormattableString.Invariant($"buffer of {Bytes} bytes on {Context.Device.Name}{(Handle == 0 ? " (disposed)" : "")}");
}
