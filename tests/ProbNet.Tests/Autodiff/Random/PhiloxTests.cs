using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class PhiloxTests
{
    // Source: Random123 1.14, tests/kat_vectors, philox4x32 10 (words from the low end: counter 0-3, key 0-1, output 0-3).
    [Theory]
    [InlineData(
        new uint[] { 0, 0, 0, 0 }, new uint[] { 0, 0 }, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff }, new uint[] { 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 }, new uint[] { 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Block_Random123Vectors_GivesTheirOutput(uint[] counter, uint[] key, uint[] expected)
    {
        (ulong low, ulong high) = Philox.Block(Join(key, 0), Join(counter, 0), Join(counter, 2));

        Assert.Equal(Join(expected, 0), low);
        Assert.Equal(Join(expected, 2), high);
        var words = new uint[4];
        Philox.Fill(Join(key, 0), Join(counter, 0), Join(counter, 2), words);
        Assert.Equal(expected, words);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(5UL)]
    [InlineData(uint.MaxValue - 3UL)]
    [InlineData(ulong.MaxValue - 3)]
    public void Fill_ManyBlocks_AreTheBlocksOneByOne(ulong start)
    {
        const ulong Key = 0x0123456789abcdef;
        const ulong High = 0xfedcba9876543210;
        for (int blocks = 0; blocks < 21; blocks++)
        {
            var words = new uint[4 * blocks];
            Philox.Fill(Key, start, High, words);
            for (int i = 0; i < blocks; i++)
            {
                Assert.Equal(Philox.Block(Key, unchecked(start + (ulong)i), High), (Join(words, 4 * i), Join(words, 4 * i + 2)));
            }
        }
    }

    private static ulong Join(uint[] words, int i) => words[i] | (ulong)words[i + 1] << 32;
}
