using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class RandomKeyTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);

    [Fact]
    public void FromSeed_SameSeed_IsTheSameKey()
    {
        Assert.Equal(RandomKey.FromSeed(42), RandomKey.FromSeed(42UL));
        Assert.Equal(RandomKey.FromSeed(-1), RandomKey.FromSeed(ulong.MaxValue));
        Assert.NotEqual(RandomKey.FromSeed(42), RandomKey.FromSeed(43));
        Assert.Equal(RandomKey.FromSeed(42).GetHashCode(), RandomKey.FromSeed(42).GetHashCode());
    }

    [Fact]
    public void Split_Count_StartsWithThePair()
    {
        RandomKey[] keys = Key.Split(5);

        Assert.Equal(Key.Split(), (keys[0], keys[1]));
        Assert.Equal(keys[..3], Key.Split(3));
        Assert.Empty(Key.Split(0));
    }

    [Fact]
    public void Split_NegativeCount_NamesTheValue()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Key.Split(-2));
        Assert.Contains("RandomKey.Split: count is -2; it must be 0 or more.", error.Message);
    }

    [Fact]
    public void Derivations_OfOneTree_AreAllDifferent()
    {
        var seen = new HashSet<RandomKey> { Key };
        foreach (RandomKey child in Key.Split(2000))
        {
            Assert.True(seen.Add(child));
        }

        for (ulong i = 0; i < 2000; i++)
        {
            Assert.True(seen.Add(Key.FoldIn(i)));
            Assert.True(seen.Add(Key.FoldIn(ulong.MaxValue - i)));
            Assert.True(seen.Add(RandomKey.FromSeed(1000 + i)));
        }
    }

    [Fact]
    public void FoldIn_KnownKey_KeepsItsBits()
    {
        // Our own values: a change of the derivation would silently change every seeded result of every user.
        Assert.Equal("RandomKey(00000000000000070000000000000000)", Key.ToString());
        Assert.Equal("RandomKey(459cd0f1bad1bc02a17cd59e6182189a)", Key.FoldIn(3).ToString());
        Assert.Equal("RandomKey(eaa8183d72e42f4f57b6c1e5f53f756c)", Key.Split().Second.ToString());
    }

    [Fact]
    public void Default_IsAKeyLikeAnyOther() => Assert.Equal(RandomKey.FromSeed(0), default);
}
