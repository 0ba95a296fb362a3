using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>Runs an update rule over all elements of a parameter in one pass; the last, incomplete vector is padded with zeros.</summary>
internal static class UpdateLoop
{
    /// <summary>A number in every lane.</summary>
    public static Vector<T> All<T>(double value) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Vector.Create(T.CreateChecked(value));

    public static void Run<T, TRule>(
        TRule rule, ParameterState state, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged
        where TRule : struct, IUpdateRule<T>
    {
        Span<T> a = state.Buffer<T>(0), b = state.Buffer<T>(1), c = state.Buffer<T>(2);
        int width = Vector<T>.Count, vectors = value.Length / width * width;
        Apply(rule, value[..vectors], gradient, result, Whole(a, vectors), Whole(b, vectors), Whole(c, vectors));
        int rest = value.Length - vectors;
        if (rest == 0)
        {
            return;
        }

        Span<T> tail = stackalloc T[6 * width];
        tail.Clear();
        Span<T> tailValue = tail[..width], tailGradient = tail.Slice(width, width), tailResult = tail.Slice(2 * width, width);
        Span<T> tailA = a.IsEmpty ? [] : tail.Slice(3 * width, width);
        Span<T> tailB = b.IsEmpty ? [] : tail.Slice(4 * width, width);
        Span<T> tailC = c.IsEmpty ? [] : tail.Slice(5 * width, width);
        value[vectors..].CopyTo(tailValue);
        gradient[vectors..].CopyTo(tailGradient);
        Rest(a, vectors).CopyTo(tailA);
        Rest(b, vectors).CopyTo(tailB);
        Rest(c, vectors).CopyTo(tailC);
        Apply(rule, tailValue, tailGradient, tailResult, tailA, tailB, tailC);
        tailResult[..rest].CopyTo(result[vectors..]);
        tailA[..Rest(a, vectors).Length].CopyTo(Rest(a, vectors));
        tailB[..Rest(b, vectors).Length].CopyTo(Rest(b, vectors));
        tailC[..Rest(c, vectors).Length].CopyTo(Rest(c, vectors));
    }

    private static Span<T> Whole<T>(Span<T> buffer, int vectors) => buffer.IsEmpty ? buffer : buffer[..vectors];

    private static Span<T> Rest<T>(Span<T> buffer, int vectors) => buffer.IsEmpty ? buffer : buffer[vectors..];

    private static void Apply<T, TRule>(
        TRule rule, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result, Span<T> a, Span<T> b, Span<T> c)
        where T : unmanaged
        where TRule : struct, IUpdateRule<T>
    {
        bool hasA = !a.IsEmpty, hasB = !b.IsEmpty, hasC = !c.IsEmpty;
        for (int i = 0; i < value.Length; i += Vector<T>.Count)
        {
            Vector<T> va = hasA ? Load<T>(a, i) : default, vb = hasB ? Load<T>(b, i) : default, vc = hasC ? Load<T>(c, i) : default;
            Store(result, i, rule.Next(Load(value, i), Load(gradient, i), ref va, ref vb, ref vc));
            if (hasA)
            {
                Store(a, i, va);
            }

            if (hasB)
            {
                Store(b, i, vb);
            }

            if (hasC)
            {
                Store(c, i, vc);
            }
        }
    }

    // Without bounds checks: Optimizer.Step has made sure that all arrays have the length of the parameter.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Load<T>(ReadOnlySpan<T> span, int index) where T : unmanaged =>
        Vector.LoadUnsafe(ref MemoryMarshal.GetReference(span), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(Span<T> span, int index, Vector<T> vector) where T : unmanaged =>
        vector.StoreUnsafe(ref MemoryMarshal.GetReference(span), (nuint)index);
}
