namespace ProbNet.Autodiff;

/// <summary>The 128 bits of a <see cref="RandomKey"/>.</summary>
/// <param name="Key">The key of Philox.</param>
/// <param name="Stream">The upper 64 bits of its counter.</param>
internal readonly record struct KeyBits(ulong Key, ulong Stream)
{
    // Digits of √2 and √3: any two constants that set the two derivations apart from each other and from drawing.
    public const ulong SplitTag = 0x6A09E667F3BCC908;
    public const ulong FoldTag = 0xBB67AE8584CAA73B;

    /// <summary>The bits in two numbers, as tensors hold them.</summary>
    public static KeyBits Of(ReadOnlySpan<long> halves) => new(unchecked((ulong)halves[0]), unchecked((ulong)halves[1]));

    /// <summary>One Philox block under a key set apart by the tag.</summary>
    public KeyBits Derive(ulong tag, ulong data)
    {
        (ulong key, ulong stream) = Philox.Block(Key ^ tag, data, Stream);
        return new KeyBits(key, stream);
    }

    /// <summary>The bits of <see cref="RandomKey.FoldIn"/>.</summary>
    public KeyBits FoldIn(ulong data) => Derive(FoldTag, data);

    /// <summary>Writes the bits as two numbers.</summary>
    public void CopyTo(Span<long> halves) => (halves[0], halves[1]) = unchecked(((long)Key, (long)Stream));
}
