using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>The elements of arrays whose type is known at run time.</summary>
internal static class Elements
{
    /// <summary>Bytes an element.</summary>
    public static int Bytes(Array array) => array switch
    {
        double[] or long[] => 8,
        float[] or int[] => 4,
        _ => 1,
    };

    /// <summary>The bytes of some elements.</summary>
    public static Span<byte> Bytes(Array array, int start, int count)
    {
        int size = Bytes(array);
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start * size), count * size);
    }

    /// <summary>The bits of the elements, as numbers of their size.</summary>
    public static Span<T> Bits<T>(Array array) where T : unmanaged =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
