using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"): a bijection of 128-bit counters for
/// every 64-bit key,
/// ten rounds of two 32×32→64-bit products. The same bits on every processor.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>One block: the 128-bit output for the counter (low, high) under the key. Words are numbered from the low end.</summary>
    public static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint x0 = (uint)counterLow;
        uint x1 = (uint)(counterLow >> 32);
        uint x2 = (uint)counterHigh;
        uint x3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)x0 * Multiplier0;
            ulong p1 = (ulong)x2 * Multiplier1;
            x0 = (uint)(p1 >> 32) ^ x1 ^ k0;
            x2 = (uint)(p0 >> 32) ^ x3 ^ k1;
            x1 = (uint)p1;
            x3 = (uint)p0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (x0 | (ulong)x1 << 32, x2 | (ulong)x3 << 32);
    }

    /// <summary>Consecutive blocks from <paramref name="counterLow"/> on, four words each; the length is a multiple of four.</summary>
    public static void Fill(ulong key, ulong counterLow, ulong counterHigh, Span<uint> words)
    {
        Span<ulong> halves = MemoryMarshal.Cast<uint, ulong>(words);
        int done = Simd.Use512 && Avx512F.IsSupported ? FillBySixteen(key, counterLow, counterHigh, halves)
            : Avx2.IsSupported ? FillByEight(key, counterLow, counterHigh, halves)
            : 0;
        for (; done < halves.Length; done += 2)
        {
            (halves[done], halves[done + 1]) = Block(key, counterLow + (ulong)(done / 2), counterHigh);
        }
    }

    /// <summary>
    /// Eight blocks at a time, two in a register: the even words are multiplied, and reversing the words of each block puts both products
    /// where the next
    /// round wants them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillByEight(ulong key, ulong counterLow, ulong counterHigh, Span<ulong> halves)
    {
        Vector256<uint> multiplier = Vector256.Create(Multiplier0, Multiplier1, (ulong)Multiplier0, Multiplier1).AsUInt32();
        Vector256<uint> weyl = Vector256.Create(Weyl0, Weyl1, (ulong)Weyl0, Weyl1).AsUInt32();
        Vector256<uint> firstKey = Vector256.Create((uint)key, key >> 32, (uint)key, key >> 32).AsUInt32();
        Vector256<ulong> counter = Vector256.Create(counterLow, counterHigh, counterLow + 1, counterHigh);
        Vector256<ulong> two = Vector256.Create(2UL, 0, 2, 0);
        ref ulong destination = ref MemoryMarshal.GetReference(halves);
        int done = 0;
        for (; done + 16 <= halves.Length; done += 16)
        {
            Vector256<uint> a = counter.AsUInt32();
            Vector256<uint> b = (counter += two).AsUInt32();
            Vector256<uint> c = (counter += two).AsUInt32();
            Vector256<uint> d = (counter += two).AsUInt32();
            counter += two;
            Vector256<uint> k = firstKey;
            for (int round = 0; round < Rounds; round++)
            {
                a = Round(a, multiplier, k);
                b = Round(b, multiplier, k);
                c = Round(c, multiplier, k);
                d = Round(d, multiplier, k);
                k += weyl;
            }

            a.AsUInt64().StoreUnsafe(ref destination, (nuint)done);
            b.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 4);
            c.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 8);
            d.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 12);
        }

        return done;
    }

    /// <summary>Sixteen blocks at a time, four in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillBySixteen(ulong key, ulong counterLow, ulong counterHigh, Span<ulong> halves)
    {
        Vector512<uint> multiplier = Vector512.Create(Vector256.Create(Multiplier0, Multiplier1, (ulong)Multiplier0, Multiplier1)).AsUInt32();
        Vector512<uint> weyl = Vector512.Create(Vector256.Create(Weyl0, Weyl1, (ulong)Weyl0, Weyl1)).AsUInt32();
        Vector512<uint> firstKey = Vector512.Create(Vector256.Create((uint)key, key >> 32, (uint)key, key >> 32)).AsUInt32();
        Vector512<ulong> counter = Vector512.Create(
            counterLow, counterHigh, counterLow + 1, counterHigh, counterLow + 2, counterHigh, counterLow + 3, counterHigh);
        Vector512<ulong> four = Vector512.Create(4UL, 0, 4, 0, 4, 0, 4, 0);
        ref ulong destination = ref MemoryMarshal.GetReference(halves);
        int done = 0;
        for (; done + 32 <= halves.Length; done += 32)
        {
            Vector512<uint> a = counter.AsUInt32();
            Vector512<uint> b = (counter += four).AsUInt32();
            Vector512<uint> c = (counter += four).AsUInt32();
            Vector512<uint> d = (counter += four).AsUInt32();
            counter += four;
            Vector512<uint> k = firstKey;
            for (int round = 0; round < Rounds; round++)
            {
                a = Round(a, multiplier, k);
                b = Round(b, multiplier, k);
                c = Round(c, multiplier, k);
                d = Round(d, multiplier, k);
                k += weyl;
            }

            a.AsUInt64().StoreUnsafe(ref destination, (nuint)done);
            b.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 8);
            c.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 16);
            d.AsUInt64().StoreUnsafe(ref destination, (nuint)done + 24);
        }

        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Round(Vector512<uint> x, Vector512<uint> multiplier, Vector512<uint> key)
    {
        const byte Reverse = 0b00_01_10_11;
        Vector512<uint> products = Avx512F.Shuffle(Avx512F.Multiply(x, multiplier).AsUInt32(), Reverse);
        return products ^ (x.AsUInt64() >> 32).AsUInt32() ^ key;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Round(Vector256<uint> x, Vector256<uint> multiplier, Vector256<uint> key)
    {
        const byte Reverse = 0b00_01_10_11;
        Vector256<uint> products = Avx2.Shuffle(Avx2.Multiply(x, multiplier).AsUInt32(), Reverse);
        return products ^ (x.AsUInt64() >> 32).AsUInt32() ^ key;
    }
}
