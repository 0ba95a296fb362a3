using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>
/// A position in a tree of independent random streams. Whatever draws random numbers takes a key; the same key gives the same numbers, on
/// any number of
/// threads and on every device. A key is a value: using it does not change it, so use each key once and derive new ones by <see
/// cref="Split()"/> or
/// <see cref="FoldIn"/>.
/// </summary>
/// <remarks>
/// 128 bits: the key of Philox4x32-10 (Salmon et al. 2011) and the upper half of its counter, so that a key owns 2⁶⁴ blocks that no other
/// key shares.
/// A derivation is one Philox block under a key set apart by a tag. Philox being a bijection of its counter, two different derivations of
/// one
/// key (two indices of a split, two numbers folded in) never give the same key; for keys that are not siblings a collision has probability
/// 2⁻¹²⁸.
/// </remarks>
public readonly record struct RandomKey
{
    // Digits of √2 and √3: any two constants that set the two derivations apart from each other and from drawing.
    private const ulong SplitTag = 0x6A09E667F3BCC908;
    private const ulong FoldTag = 0xBB67AE8584CAA73B;

    private RandomKey(ulong key, ulong stream)
    {
        Key = key;
        Stream = stream;
    }

    /// <summary>The key of Philox.</summary>
    internal ulong Key { get; }

    /// <summary>The upper 64 bits of Philox's counter.</summary>
    internal ulong Stream { get; }

    /// <summary>The root key of a seed; different seeds give different keys.</summary>
    public static RandomKey FromSeed(ulong seed) => new(seed, 0);

    /// <summary>The root key of a seed; a negative seed counts as its two's complement.</summary>
    public static RandomKey FromSeed(long seed) => new(unchecked((ulong)seed), 0);

    /// <summary>Two independent keys: the first two of <see cref="Split(int)"/>.</summary>
    public (RandomKey First, RandomKey Second) Split() => (Derive(SplitTag, 0), Derive(SplitTag, 1));

    /// <summary><paramref name="count"/> independent keys; the i-th does not depend on how many are asked for.</summary>
    /// <exception cref="ArgumentOutOfRangeException">count is negative.</exception>
    public RandomKey[] Split(int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, string.Create(
                CultureInfo.InvariantCulture, $"RandomKey.Split: count is {count}; it must be 0 or more."));
        }

        var keys = new RandomKey[count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = Derive(SplitTag, (ulong)i);
        }

        return keys;
    }

    /// <summary>The key for a number, such as a step, an epoch or a layer's index: different numbers give different keys.</summary>
    public RandomKey FoldIn(ulong data) => Derive(FoldTag, data);

    /// <summary>The 128 bits in hexadecimal.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"RandomKey({Key:x16}{Stream:x16})");

    /// <summary>The key with these 128 bits, as <see cref="Key"/> and <see cref="Stream"/> give them.</summary>
    internal static RandomKey FromSymbol(Tensor t) => default;

    internal static RandomKey FromBits(ulong key, ulong stream) => new(key, stream);

    private RandomKey Derive(ulong tag, ulong data)
    {
        (ulong key, ulong stream) = Philox.Block(Key ^ tag, data, Stream);
        return new RandomKey(key, stream);
    }
}
