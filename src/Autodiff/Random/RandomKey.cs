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
/// In a function that is compiled, a key is an input without bits yet; what is derived and drawn from it becomes part of the graph.
/// 128 bits: the key of Philox4x32-10 (Salmon et al. 2011) and the upper half of its counter, so that a key owns 2⁶⁴ blocks that no other
/// key shares.
/// A derivation is one Philox block under a key set apart by a tag. Philox being a bijection of its counter, two different derivations of
/// one
/// key (two indices of a split, two numbers folded in) never give the same key; for keys that are not siblings a collision has probability
/// 2⁻¹²⁸.
/// </remarks>
public readonly record struct RandomKey
{
    private readonly KeyBits _bits;

    private RandomKey(KeyBits bits, Tensor? symbol = null)
    {
        _bits = bits;
        Symbol = symbol;
    }

    /// <summary>The bits, for kernels.</summary>
    internal KeyBits Bits => Symbol is null ? _bits : throw new TracingException(
        "RandomKey: the bits of a key were read while its function is being traced, when it has none yet; draw tensors from it (key.Normal(shape) and "
        + "its like), or read it outside of the traced function.");

    /// <summary>What stands for the bits while a function is traced: Int64 [2]; null for a key with bits.</summary>
    internal Tensor? Symbol { get; }

    /// <summary>The key of Philox.</summary>
    internal ulong Key => Bits.Key;

    /// <summary>The upper 64 bits of Philox's counter.</summary>
    internal ulong Stream => Bits.Stream;

    /// <summary>The root key of a seed; different seeds give different keys.</summary>
    public static RandomKey FromSeed(ulong seed) => new(new KeyBits(seed, 0));

    /// <summary>The root key of a seed; a negative seed counts as its two's complement.</summary>
    public static RandomKey FromSeed(long seed) => FromSeed(unchecked((ulong)seed));

    /// <summary>The key that <see cref="ToTensor"/> wrote; in a traced function also one that is computed there.</summary>
    /// <param name="bits">The two halves of the key, of type Int64 and shape [2].</param>
    /// <exception cref="DTypeException">The tensor is of another type.</exception>
    /// <exception cref="ShapeException">It has another shape.</exception>
    public static RandomKey FromTensor(Tensor bits)
    {
        if (bits.DType != DType.Int64)
        {
            throw new DTypeException($"RandomKey.FromTensor: the bits are {bits.DType} {bits.Shape}; a key is Int64 [2].");
        }

        return bits is not { Rank: 1, Size: 2 }
            ? throw new ShapeException($"RandomKey.FromTensor: the bits are {bits.DType} {bits.Shape}; a key is Int64 [2].")
            : bits.IsSymbolic ? FromSymbol(bits) : new RandomKey(KeyBits.Of(bits.AsSpan<long>()));
    }

    /// <summary>The 128 bits as two numbers of type Int64: what compiled functions take and what can be saved.</summary>
    public Tensor ToTensor() => Symbol ?? Tensor.From(unchecked((long)_bits.Key), unchecked((long)_bits.Stream));

    /// <summary>Two independent keys: the first two of <see cref="Split(int)"/>.</summary>
    public (RandomKey First, RandomKey Second) Split() => (Derive(KeyBits.SplitTag, 0), Derive(KeyBits.SplitTag, 1));

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
            keys[i] = Derive(KeyBits.SplitTag, (ulong)i);
        }

        return keys;
    }

    /// <summary>The key for a number, such as a step, an epoch or a layer's index: different numbers give different keys.</summary>
    public RandomKey FoldIn(ulong data) => Derive(KeyBits.FoldTag, data);

    /// <summary>The 128 bits in hexadecimal.</summary>
    public override string ToString() => Symbol is null
        ? string.Create(CultureInfo.InvariantCulture, $"RandomKey({_bits.Key:x16}{_bits.Stream:x16})")
        : "RandomKey(symbolic)";

    /// <summary>The key with these 128 bits, as <see cref="Key"/> and <see cref="Stream"/> give them.</summary>
    internal static RandomKey FromBits(ulong key, ulong stream) => new(new KeyBits(key, stream));

    /// <summary>A key whose bits a symbol stands for.</summary>
    internal static RandomKey FromSymbol(Tensor symbol) => new(default, symbol);

    private RandomKey Derive(ulong tag, ulong data) => Symbol is null
        ? new RandomKey(_bits.Derive(tag, data))
        : FromSymbol(new DeriveKey(tag, data).Apply(Symbol));
}
