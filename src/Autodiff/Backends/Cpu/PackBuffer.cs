using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>A buffer of a thread's own that starts on a cache line and only grows, so that packing panels allocates nothing in the long run.</summary>
internal sealed class PackBuffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static PackBuffer<T>? s_left;

    [ThreadStatic]
    private static PackBuffer<T>? s_right;

    [ThreadStatic]
    private static PackBuffer<T>? s_tail;

    /// <summary>This thread's buffer for the left operand of a product.</summary>
    public static PackBuffer<T> Left => s_left ??= new();

    /// <summary>This thread's buffer for the right operand of a product.</summary>
    public static PackBuffer<T> Right => s_right ??= new();

    /// <summary>This thread's buffer for the columns that do not fill a register.</summary>
    public static PackBuffer<T> Tail => s_tail ??= new();

    public T[] Array { get; private set; } = [];

    /// <summary>The first element on a cache line.</summary>
    public int Offset { get; private set; }

    public ref T Start => ref Array[Offset];

    /// <summary>Makes room for <paramref name="length"/> elements; what was there is lost.</summary>
    public unsafe PackBuffer<T> Reserve(int length)
    {
        if (Array.Length - Offset < length || Array.Length == 0)
        {
            int slack = Alignment / sizeof(T);
            Array = GC.AllocateUninitializedArray<T>(checked(Math.Max(length, 1024) + slack), pinned: true);
            nuint address = (nuint)Unsafe.AsPointer(ref Array[0]);
            Offset = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(T);
        }

        return this;
    }
}
