using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

internal static unsafe partial class ReductionLoop
{
    /// <summary>Four registers of columns side by side.</summary>
    private struct Strip<V>
        where V : struct
    {
        public V A;
        public V B;
        public V C;
        public V D;
    }

    private readonly struct MiddleJob<R, V, T>(T* x, T* y, int outer, int reduce, int inner) : ITileJob
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _stripsPerTile = Math.Max(1, TileElements / Math.Max(1, reduce) / StripWidth);

        private static int StripWidth => 4 * V.Count;

        public int Tiles => (int)((Strips + _stripsPerTile - 1) / _stripsPerTile);

        private int StripsPerOuter => (inner + StripWidth - 1) / StripWidth;

        private long Strips => (long)outer * StripsPerOuter;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int tile)
        {
            long end = Math.Min(((long)tile + 1) * _stripsPerTile, Strips);
            for (long strip = (long)tile * _stripsPerTile; strip < end; strip++)
            {
                nint o = (nint)(strip / StripsPerOuter);
                int column = (int)(strip % StripsPerOuter) * StripWidth, width = Math.Min(StripWidth, inner - column);
                T* from = x + (o * reduce * inner) + column;
                T* to = y + (o * inner) + column;
                if (width > 3 * V.Count)
                {
                    Strip<V> total = Tree(from, reduce, width - (3 * V.Count));
                    total.A.Store(ref *to);
                    total.B.Store(ref *to, (nuint)V.Count);
                    total.C.Store(ref *to, 2 * (nuint)V.Count);
                    StoreLanes(total.D, to + (3 * V.Count), width - (3 * V.Count));
                    continue;
                }

                for (int i = 0; i < width; i += V.Count)
                {
                    int lanes = Math.Min(V.Count, width - i);
                    StoreLanes(NarrowTree(from + i, reduce, lanes), to + i, lanes);
                }
            }
        }

        private Strip<V> Tree(T* from, int count, int lastLanes)
        {
            if (count <= Leaf)
            {
                return Sequence(from, count, lastLanes);
            }

            int half = (int)(BitOperations.RoundUpToPowerOf2((uint)count) / 2);
            Strip<V> first = Tree(from, half, lastLanes), second = Tree(from + ((nint)half * inner), count - half, lastLanes);
            first.A = R.Combine<V, T>(first.A, second.A);
            first.B = R.Combine<V, T>(first.B, second.B);
            first.C = R.Combine<V, T>(first.C, second.C);
            first.D = R.Combine<V, T>(first.D, second.D);
            return first;
        }

        private V NarrowTree(T* from, int count, int lanes)
        {
            if (count <= Leaf)
            {
                return NarrowSequence(from, count, lanes);
            }

            int half = (int)(BitOperations.RoundUpToPowerOf2((uint)count) / 2);
            return R.Combine<V, T>(NarrowTree(from, half, lanes), NarrowTree(from + ((nint)half * inner), count - half, lanes));
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private Strip<V> Sequence(T* from, int count, int lastLanes)
        {
            V shift = V.Zero, identity = V.Constant(R.Identity);
            V a = identity, b = identity, c = identity, d = identity;
            int whole = Readable(from + (3 * V.Count), count);
            for (int r = 0; r < whole; r++)
            {
                a = R.Accumulate<V, T>(a, V.Load(in *from), shift);
                b = R.Accumulate<V, T>(b, V.Load(in *from, (nuint)V.Count), shift);
                c = R.Accumulate<V, T>(c, V.Load(in *from, 2 * (nuint)V.Count), shift);
                d = R.Accumulate<V, T>(d, V.Load(in *from, 3 * (nuint)V.Count), shift);
                from += inner;
            }

            for (int r = whole; r < count; r++)
            {
                a = R.Accumulate<V, T>(a, V.Load(in *from), shift);
                b = R.Accumulate<V, T>(b, V.Load(in *from, (nuint)V.Count), shift);
                c = R.Accumulate<V, T>(c, V.Load(in *from, 2 * (nuint)V.Count), shift);
                d = R.Accumulate<V, T>(d, LoadLanes<V, T>(from + (3 * V.Count), lastLanes, R.Padding), shift);
                from += inner;
            }

            return new Strip<V> { A = a, B = b, C = c, D = d };
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private V NarrowSequence(T* from, int count, int lanes)
        {
            V shift = V.Zero, total = V.Constant(R.Identity);
            int whole = Readable(from, count);
            for (int r = 0; r < whole; r++)
            {
                total = R.Accumulate<V, T>(total, V.Load(in *from), shift);
                from += inner;
            }

            for (int r = whole; r < count; r++)
            {
                total = R.Accumulate<V, T>(total, LoadLanes<V, T>(from, lanes, R.Padding), shift);
                from += inner;
            }

            return total;
        }

        /// <summary>
        /// How many of the next rows can be read a whole register at a time: where a register reaches past its row, it reads the next one,
        /// in lanes that are not stored, but must not reach past the end of the tensor.
        /// </summary>
        private int Readable(T* register, int count)
        {
            nint beyond = (nint)(x + ((nint)outer * reduce * inner) - register) - V.Count;
            return beyond < 0 ? 0 : (int)Math.Min(count, (beyond / inner) + 1);
        }
    }
}
