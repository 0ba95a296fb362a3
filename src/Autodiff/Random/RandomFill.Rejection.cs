using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <content>
/// Samplers that may need several tries. Try j of element i reads block i of a key of its own, folded from the caller's, so that the tries
/// of one element never
/// move the numbers of another.
/// </content>
internal static partial class RandomFill
{
    private const int CachedTries = 8;

    /// <summary>Elements whose first try is made at once: their bits and what is computed from them stay in the L1 cache.</summary>
    private const int AtOnce = 512;

    /// <summary>Draws elements from number <paramref name="first"/> on, at most <see cref="AtOnce"/>, one for each parameter.</summary>
    private delegate void BlockSampler<T>(KeyBits key, ReadOnlySpan<KeyBits> tries, ReadOnlySpan<T> parameters, Span<T> destination, ulong first);

    private const double InverseTwoTo53 = 1.0 / (1L << 53);

    /// <summary>
    /// Poisson counts, one for each rate: by inversion of one uniform below rate 10, by transformed rejection with squeeze above (PTRS;
    /// Hörmann 1993).
    /// 0 for rate 0; NaN where the rate is negative, NaN or infinite.
    /// </summary>
    public static void Poisson(RandomKey key, ReadOnlySpan<double> rate, Span<double> destination, long offset = 0)
    {
        CheckOffset(offset);
        CheckLengths(nameof(Poisson), rate.Length, destination.Length);
        KeyBits bits = key.Bits;
        Span<KeyBits> tries = stackalloc KeyBits[CachedTries];
        FoldTries(bits, tries);
        for (int i = 0; i < destination.Length; i++)
        {
            ulong index = (ulong)(offset + i);
            destination[i] = rate[i] switch
            {
                0 => 0,
                > 0 and < 10 => PoissonByInversion(Block(tries[0], index).Low, rate[i]),
                >= 10 and < double.PositiveInfinity => PoissonByRejection(bits, tries, rate[i], index),
                _ => double.NaN,
            };
        }
    }

    /// <summary>Integers, uniform on low ≤ n &lt; high, without bias (Lemire 2019).</summary>
    public static void Integers(RandomKey key, Span<long> destination, long low, long high, long offset = 0)
    {
        CheckOffset(offset);
        if (low >= high)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Integers: low is {low} and high is {high}; low must be below high (high itself is not drawn)."));
        }

        KeyBits bits = key.Bits;
        Span<KeyBits> tries = stackalloc KeyBits[CachedTries];
        FoldTries(bits, tries);
        ulong range = unchecked((ulong)high - (ulong)low);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = unchecked(low + (long)Below(bits, tries, range, (ulong)(offset + i)));
        }
    }

    /// <summary>
    /// A permutation of 0 … length − 1, each as likely as any other as far as 128 bits of key can say (Fisher and Yates; Durstenfeld 1964).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Permutation<T>(RandomKey key, Span<T> destination) where T : unmanaged, INumberBase<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(i);
        }

        KeyBits bits = key.Bits;
        Span<KeyBits> tries = stackalloc KeyBits[CachedTries];
        FoldTries(bits, tries);

        // The bits of many first tries at once; nearly all are taken.
        Span<ulong> first = stackalloc ulong[2 * AtOnce];
        for (int start = (destination.Length - 1) / AtOnce * AtOnce; start >= 0; start -= AtOnce)
        {
            Philox.Fill(tries[0].Key, (ulong)start, tries[0].Stream, MemoryMarshal.Cast<ulong, uint>(first));
            for (int i = Math.Min(destination.Length - 1, start + AtOnce - 1); i >= Math.Max(start, 1); i--)
            {
                ulong range = (ulong)i + 1, chosen = Math.BigMul(first[2 * (i - start)], range, out ulong low);
                int j = (int)(low >= range ? chosen : Below(bits, tries, range, (ulong)i));
                (destination[i], destination[j]) = (destination[j], destination[i]);
            }
        }
    }

    private static double PoissonByInversion(ulong bits, double rate)
    {
        double u = (bits >> 11) * InverseTwoTo53;
        double mass = Math.Exp(-rate);
        double cdf = mass;
        double count = 0;
        while (u >= cdf && (count < rate || mass > 1e-20))
        {
            count++;
            mass *= rate / count;
            cdf += mass;
        }

        return count;
    }

    private static double PoissonByRejection(KeyBits key, ReadOnlySpan<KeyBits> tries, double rate, ulong index)
    {
        double b = 0.931 + 2.53 * Math.Sqrt(rate);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        for (int j = 0; ; j++)
        {
            (ulong low, ulong high) = Block(Try(key, tries, j), index);
            double u = (low >> 11) * InverseTwoTo53 - 0.5;
            double v = ((high >> 11) + 0.5) * InverseTwoTo53;
            double us = 0.5 - Math.Abs(u);
            double k = Math.Floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= squeeze)
            {
                return k;
            }

            if (!(k >= 0) || double.IsInfinity(k) || (us < 0.013 && v > us))
            {
                continue;
            }

            if (Math.Log(v * inverseAlpha / (a / (us * us) + b)) <= Special.PoissonLogMass(k, rate))
            {
                return k;
            }
        }
    }

    /// <summary>
    /// An integer below range, exactly uniform: the high half of bits × range, refused where the low half falls in the uneven part.
    /// </summary>
    private static ulong Below(KeyBits key, ReadOnlySpan<KeyBits> tries, ulong range, ulong index)
    {
        for (int j = 0; ; j++)
        {
            ulong high = Math.BigMul(Block(Try(key, tries, j), index).Low, range, out ulong low);
            if (low >= range || low >= unchecked(0 - range) % range)
            {
                return high;
            }
        }
    }

    private static (ulong Low, ulong High) Block(KeyBits key, ulong index) => Philox.Block(key.Key, index, key.Stream);

    private static KeyBits Try(KeyBits key, ReadOnlySpan<KeyBits> tries, int j) => j < tries.Length ? tries[j] : key.FoldIn((ulong)j);

    private static void FoldTries(KeyBits key, Span<KeyBits> tries)
    {
        for (int j = 0; j < tries.Length; j++)
        {
            tries[j] = key.FoldIn((ulong)j);
        }
    }

    /// <summary>A map of one element, with the bits that the vector loop gives.</summary>
    private static T Map<K, T>(T x)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> lanes = stackalloc T[4];
        K.Apply<Lanes128<T>, T>(Lanes128<T>.Broadcast(x)).Store(ref lanes[0]);
        return lanes[0];
    }

    /// <summary>Draws <see cref="AtOnce"/> elements at a time.</summary>
    private static void InBlocks<T>(string name, RandomKey key, ReadOnlySpan<T> parameters, Span<T> destination, long offset, BlockSampler<T> sampler)
        where T : unmanaged
    {
        CheckOffset(offset);
        CheckLengths(name, parameters.Length, destination.Length);
        KeyBits bits = key.Bits;
        Span<KeyBits> tries = stackalloc KeyBits[CachedTries];
        FoldTries(bits, tries);
        for (int start = 0; start < destination.Length; start += AtOnce)
        {
            int count = Math.Min(AtOnce, destination.Length - start);
            sampler(bits, tries, parameters.Slice(start, count), destination.Slice(start, count), (ulong)(offset + start));
        }
    }

    private static void CheckLengths(string name, int parameters, int destination)
    {
        if (parameters != destination)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{name}: {parameters} parameters for {destination} samples; give one for each."));
        }
    }
}
