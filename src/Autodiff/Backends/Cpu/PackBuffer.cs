namespace ProbNet.Autodiff;

/// <summary>A buffer of a thread's own that starts on a cache line and only grows, so that packing panels allocates nothing in the long run.</summary>
internal sealed unsafe class PackBuffer<T>
    where T : unmanaged
{
    [ThreadStatic]
    private static PackBuffer<T>? s_left;

    [ThreadStatic]
    private static PackBuffer<T>? s_right;

    [ThreadStatic]
    private static PackBuffer<T>? s_shared;

    [ThreadStatic]
    private static PackBuffer<T>? s_result;

    private byte[] _memory = [];
    private T* _start;
    private nint _length;

    /// <summary>This thread's buffer for the left operand of a product.</summary>
    public static PackBuffer<T> Left => s_left ??= new();

    /// <summary>This thread's buffer for the right operand of a product.</summary>
    public static PackBuffer<T> Right => s_right ??= new();

    /// <summary>This thread's buffer for what the tiles of its product share, on whatever thread they run.</summary>
    public static PackBuffer<T> Shared => s_shared ??= new();

    /// <summary>This thread's buffer for a result in another layout.</summary>
    public static PackBuffer<T> Result => s_result ??= new();

    /// <summary>Room for <paramref name="length"/> elements; what was there is lost.</summary>
    public T* Reserve(nint length)
    {
        if (_length < length)
        {
            _length = Math.Max(length, 1024);
            _memory = AlignedMemory.Allocate((long)_length * sizeof(T));
            _start = (T*)AlignedMemory.Start(_memory);
        }

        return _start;
    }
}
