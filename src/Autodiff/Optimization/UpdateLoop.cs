using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Runs an update rule over all elements in one pass, which also finds out whether all results are finite. The last, incomplete vector is padded with
/// zeros and goes through the same code, so an element's bits depend neither on where it stands nor on the tiles. The largest weights and elements of the state, by which
/// the next step knows in advance that it stays finite, are found on the way.
/// </summary>
internal static class UpdateLoop
{
    /// <summary>Up to here one thread is faster than two.</summary>
    private const int Serial = 1 << 16;

    /// <summary>Elements of a tile: at most five streams of them fit the second-level cache.</summary>
    private const int Tile = 1 << 14;

    /// <summary>
    /// Updates the elements and the buffers of the state, and sets <see cref="ParameterState.IsFinite"/>, <see cref="ParameterState.LargestWeight"/> and
    /// <see cref="ParameterState.LargestState"/>.
    /// </summary>
    public static unsafe void Run<T, TRule>(
        UpdateNumbers numbers, ParameterState state, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
    {
        (state.IsFinite, state.LargestWeight, state.LargestState) = (true, 0, 0);
        fixed (T* v = value, g = gradient, r = result, a = state.Buffer<T>(0), b = state.Buffer<T>(1), c = state.Buffer<T>(2))
        {
            var job = new Job<T, TRule> { Numbers = numbers, State = state, Length = value.Length, Value = v, Gradient = g, Result = r, A = a, B = b, C = c };
            if (value.Length <= Serial)
            {
                job.Execute(0, value.Length);
            }
            else
            {
                Workers.Run((value.Length + Tile - 1) / Tile, ref job);
            }
        }
    }

    private unsafe struct Job<T, TRule> : ITileJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TRule : struct, IUpdateRule
    {
        public UpdateNumbers Numbers;
        public ParameterState State;
        public int Length;
        public T* Value, Gradient, Result, A, B, C;

        public void Execute(int tile)
        {
            int start = tile * Tile;
            Execute(start, Math.Min(Tile, Length - start));
        }

        public void Execute(int start, int length)
        {
            double weight = 0, first = 0;
            bool finite = Simd.Use512 ? Apply<Lanes512<T>>(start, length, ref weight, ref first)
                : Simd.Use256 ? Apply<Lanes256<T>>(start, length, ref weight, ref first)
                : Apply<Lanes128<T>>(start, length, ref weight, ref first);
            lock (State)
            {
                State.IsFinite &= finite;
                State.LargestWeight = finite ? Math.Max(State.LargestWeight, weight) : double.PositiveInfinity;
                State.LargestState = finite ? Math.Max(State.LargestState, first) : double.PositiveInfinity;
            }
        }

        private readonly bool Apply<V>(int start, int length, ref double weight, ref double first) where V : struct, ILanes<V, T>
        {
            int rest = length % V.Count, whole = length - rest;
            T* largest = stackalloc T[2 * V.Count];
            V.Zero.Store(ref *largest);
            V.Zero.Store(ref *largest, (nuint)V.Count);
            bool finite = Vectors<V>(Numbers, whole, Value + start, Gradient + start, Result + start, At(A, start), At(B, start), At(C, start), largest);
            if (rest == 0)
            {
                (weight, first) = (Max(largest, V.Count), Max(largest + V.Count, V.Count));
                return finite;
            }

            start += whole;
            T* padded = stackalloc T[6 * V.Count];
            T* value = padded, gradient = value + V.Count, result = gradient + V.Count, a = result + V.Count, b = a + V.Count, c = b + V.Count;
            Copy(Value, start, value, 0, rest);
            Copy(Gradient, start, gradient, 0, rest);
            Copy(A, start, a, 0, rest);
            Copy(B, start, b, 0, rest);
            Copy(C, start, c, 0, rest);
            finite &= Vectors<V>(Numbers, V.Count, value, gradient, result, A is null ? null : a, B is null ? null : b, C is null ? null : c, largest);
            Copy(result, 0, Result, start, rest);
            Copy(a, 0, A, start, rest);
            Copy(b, 0, B, start, rest);
            Copy(c, 0, C, start, rest);
            (weight, first) = (Max(largest, V.Count), Max(largest + V.Count, V.Count));
            return finite;
        }

        // Without a call in it, so that the constants and pointers stay in registers.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static bool Vectors<V>(UpdateNumbers numbers, int length, T* value, T* gradient, T* result, T* a, T* b, T* c, T* largest)
            where V : struct, ILanes<V, T>
        {
            var n = new UpdateNumbers.Lanes<V, T>(numbers);

            // x·0 is 0 for a finite x and NaN for any other.
            V zero = V.Zero, finite = zero, weight = V.Load(in *largest), first = V.Load(in *largest, (nuint)V.Count);
            nuint count = (nuint)V.Count, end = (nuint)length;
            for (nuint i = 0; i < end; i += count)
            {
                V va = TRule.Buffers > 0 ? V.Load(in *a, i) : zero;
                V vb = TRule.Buffers > 1 ? V.Load(in *b, i) : zero;
                V vc = TRule.Buffers > 2 ? V.Load(in *c, i) : zero;
                V next = TRule.Next<V, T>(in n, V.Load(in *value, i), V.Load(in *gradient, i), ref va, ref vb, ref vc);
                next.Store(ref *result, i);
                finite = V.MultiplyAdd(next, zero, finite);
                weight = V.MaxNative(V.Abs(next), weight);
                first = V.MaxNative(V.Abs(va), first);
                if (TRule.Buffers > 0)
                {
                    va.Store(ref *a, i);
                }

                if (TRule.Buffers > 1)
                {
                    vb.Store(ref *b, i);
                }

                if (TRule.Buffers > 2)
                {
                    vc.Store(ref *c, i);
                }
            }

            weight.Store(ref *largest);
            first.Store(ref *largest, (nuint)V.Count);
            return !V.Any(V.IsNaN(finite));
        }

        private static double Max(T* values, int count)
        {
            T largest = values[0];
            for (int i = 1; i < count; i++)
            {
                largest = T.Max(largest, values[i]);
            }

            return double.CreateTruncating(largest);
        }

        private static T* At(T* buffer, int start) => buffer is null ? null : buffer + start;

        private static void Copy(T* from, int fromStart, T* to, int toStart, int count)
        {
            if (from is not null && to is not null)
            {
                new ReadOnlySpan<T>(from + fromStart, count).CopyTo(new Span<T>(to + toStart, count));
            }
        }
    }
}
