using System.Numerics;
using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class RandomFillTests
{
    private const int Count = 200_000;

    private static readonly RandomKey Key = RandomKey.FromSeed(2024);

    private delegate void Fill<T>(RandomKey key, Span<T> destination, long offset);

    [Fact]
    public void Bits_Words_AreThePhiloxBlocksInOrder()
    {
        var words = new uint[11];
        RandomFill.Bits(Key, words, offset: 6);

        for (int i = 0; i < words.Length; i++)
        {
            (ulong low, ulong high) = Philox.Block(Key.Key, (ulong)(i + 6) / 4, Key.Stream);
            ulong half = (i + 6) % 4 < 2 ? low : high;
            Assert.Equal((uint)(half >> (32 * (i % 2))), words[i]);
        }
    }

    [Fact]
    public void Uniform_Samples_FollowTheUniformDistribution()
    {
        Uniform(RandomFill.Uniform, x => x);
        Uniform<float>(RandomFill.Uniform, x => x);
        Uniform(RandomFill.UniformOpen, x => x);
        Uniform<float>(RandomFill.UniformOpen, x => x);
    }

    [Fact]
    public void Normal_Samples_FollowTheNormalDistribution()
    {
        Uniform(RandomFill.Normal, Special.NormalCdf);
        Uniform<float>(RandomFill.Normal, x => Special.NormalCdf(x));
    }

    [Fact]
    public void Exponential_Samples_FollowTheExponentialDistribution()
    {
        Uniform(RandomFill.Exponential, x => -Special.Expm1(-x));
        Uniform<float>(RandomFill.Exponential, x => -Special.Expm1(-x));
    }

    [Fact]
    public void Gumbel_Samples_FollowTheGumbelDistribution()
    {
        Uniform(RandomFill.Gumbel, x => Math.Exp(-Math.Exp(-x)));
        Uniform<float>(RandomFill.Gumbel, x => Math.Exp(-Math.Exp(-x)));
    }

    [Fact]
    public void Normal_Moments_AreThoseOfTheNormal()
    {
        var x = new double[Count];
        RandomFill.Normal(Key.FoldIn(1), x);

        SampleTests.Mean(x, 0, 1);
        SampleTests.Mean([.. x.Select(v => v * v)], 1, Math.Sqrt(2));
        SampleTests.Mean([.. x.Select(v => v * v * v)], 0, Math.Sqrt(15));
        SampleTests.Mean([.. x.Select(v => v * v * v * v)], 3, Math.Sqrt(96));
    }

    [Fact]
    public void Normal_Tails_HaveTheirShare()
    {
        const int Size = 2_000_000;
        var x = new float[Size];
        RandomFill.Normal(Key.FoldIn(2), x);

        // Beyond ±4: 2 Φ(−4) = 6.334e-5, so 63 expected on each side.
        foreach (double threshold in new[] { 3.0, 3.5, 4.0 })
        {
            double expected = Size * Special.NormalCdf(-threshold);
            double above = x.Count(v => v > threshold);
            double below = x.Count(v => v < -threshold);
            SampleTests.ChiSquared([above, below, Size - above - below], [expected, expected, Size - 2 * expected]);
        }
    }

    [Fact]
    public void Uniform_ExtremeBits_StayInside()
    {
        // The least and greatest words through each map, at the positions of one register.
        foreach (uint word in new[] { 0u, 1u, 0x7fffffffu, 0x80000000u, uint.MaxValue })
        {
            float closed = Apply<RandomMaps.Uniform, float>(word);
            float open = Apply<RandomMaps.UniformOpen, float>(word);
            Assert.InRange(closed, 0, MathF.BitDecrement(1));
            Assert.InRange(open, float.Epsilon, MathF.BitDecrement(1));
            Assert.InRange(Apply<RandomMaps.Exponential, float>(word), 1e-10f, 23);
            Assert.InRange(MathF.Abs(Apply<RandomMaps.Normal, float>(word)), 1e-10f, 6.4f);
            Assert.InRange(Apply<RandomMaps.Gumbel, float>(word), -3.2f, 23);
            ulong wide = word | (ulong)word << 32;
            Assert.InRange(Apply<RandomMaps.Uniform, double>(wide), 0, Math.BitDecrement(1));
            Assert.InRange(Apply<RandomMaps.UniformOpen, double>(wide), double.Epsilon, Math.BitDecrement(1));
            Assert.InRange(Apply<RandomMaps.Exponential, double>(wide), 1e-17, 37);
            Assert.InRange(Math.Abs(Apply<RandomMaps.Normal, double>(wide)), 1e-17, 8.3);
            Assert.InRange(Apply<RandomMaps.Gumbel, double>(wide), -3.7, 37);
        }
    }

    [Fact]
    public void Maps_AgainstTheScalarFunctions_AgreeToRounding()
    {
        var bits = new ulong[20_000];
        RandomFill.Bits(Key, MemoryMarshal.Cast<ulong, uint>(bits.AsSpan()));

        // Spread the leading bits, so that both tails are met as often as the middle.
        for (int i = 0; i < bits.Length; i++)
        {
            int shift = i % 52;
            bits[i] = i % 2 == 0 ? bits[i] >> shift : ~(bits[i] >> shift);
            double u = ((bits[i] >> 12) + 0.5) / (1L << 52);
            double exponential = u < 0.5 ? -Math.Log(u) : -Special.Log1p(-((~bits[i] >> 12) + 0.5) / (1L << 52));
            SpecialAssert.Close(exponential, Apply<RandomMaps.Exponential, double>(bits[i]), 2e-15);
            SpecialAssert.Close(-Math.Log(exponential), Apply<RandomMaps.Gumbel, double>(bits[i]), 1e-13);

            ulong tailBits = ~(bits[i] << 1) >> 12;
            double normal = Special.ErfcInv((tailBits + 0.5) / (1L << 52)) * Math.Sqrt(2) * ((long)bits[i] < 0 ? -1 : 1);
            if (tailBits < 1L << 51)
            {
                SpecialAssert.Close(normal, Apply<RandomMaps.Normal, double>(bits[i]), 3e-15);
            }

            uint word = (uint)(bits[i] >> 32);
            double uFloat = (word + 0.5) / (1L << 32);
            SpecialAssert.Close(-Math.Log(uFloat), Apply<RandomMaps.Exponential, float>(word), 3e-7);
            double normalFloat = Special.ErfInv(((word & 0x7fffffff) + 0.5) / (1L << 31)) * Math.Sqrt(2) * ((int)word < 0 ? -1 : 1);
            SpecialAssert.Close(normalFloat, Apply<RandomMaps.Normal, float>(word), 6e-7);
        }
    }

    [Fact]
    public void Fill_KnownKey_KeepsItsBits()
    {
        // FNV-1a hashes of our own values, one for each map: they must be the same on every processor and in every release.
        ulong[] actual =
        [
            Bits<float>(RandomFill.Uniform), Bits<float>(RandomFill.Normal), Bits<float>(RandomFill.Exponential),
            Bits<double>(RandomFill.Uniform), Bits<double>(RandomFill.Normal), Bits<double>(RandomFill.Gumbel),
        ];
        ulong[] expected =
        [
            8709659345851055411, 16712056633906037937, 2387368435756158093, 17915744877740464604, 2115108758571869924, 3827736214011771096,
        ];
        Assert.Equal(expected, actual);

        static ulong Bits<T>(Fill<T> fill)
            where T : unmanaged
        {
            var x = new T[1000];
            fill(RandomKey.FromSeed(1), x, 0);
            ulong hash = 14695981039346656037;
            foreach (byte b in MemoryMarshal.AsBytes(x.AsSpan()))
            {
                hash = unchecked((hash ^ b) * 1099511628211);
            }

            return hash;
        }
    }

    [Fact]
    public void Fill_InTwoParts_IsTheFillAtOnce()
    {
        Chunks<uint>(RandomFill.Bits);
        Chunks<float>(RandomFill.Uniform);
        Chunks<double>(RandomFill.Uniform);
        Chunks<float>(RandomFill.UniformOpen);
        Chunks<float>(RandomFill.Normal);
        Chunks<double>(RandomFill.Normal);
        Chunks<double>(RandomFill.Exponential);
        Chunks<float>(RandomFill.Gumbel);
        Chunks<long>((key, x, offset) => RandomFill.Integers(key, x, -5, 1000, offset));
        Chunks<double>((key, x, offset) => RandomFill.LogGamma(key, Repeat(0.3, x.Length), x, offset));
        Chunks<float>((key, x, offset) => RandomFill.LogGamma(key, Array.ConvertAll(Repeat(0.3, x.Length), y => (float)y), x, offset));
        Chunks<double>((key, x, offset) => RandomFill.VonMises(key, Repeat(0.3, x.Length), x, offset));
        Chunks<double>((key, x, offset) => RandomFill.Poisson(key, Repeat(30, x.Length), x, offset));
    }

    [Fact]
    public void Fill_NegativeOffset_IsRefused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => RandomFill.Normal(Key, new float[3], -1));
        Assert.Contains("offset is -1", error.Message);
    }

    [Fact]
    public void Split_Children_AreUncorrelated()
    {
        RandomKey[] keys = [Key, .. Key.Split(3), Key.FoldIn(0), Key.FoldIn(1), RandomKey.FromSeed(2025)];
        double[][] x = [.. keys.Select(k =>
        {
            var v = new double[40_000];
            RandomFill.Normal(k, v);
            return v;
        })];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // The product of two independent standard normals has mean 0 and standard deviation 1.
                SampleTests.Mean([.. x[i].Zip(x[j], (a, b) => a * b)], 0, 1);
            }
        }
    }

    private static double[] Repeat(double value, int count)
    {
        var values = new double[count];
        Array.Fill(values, value);
        return values;
    }

    private static void Uniform<T>(Fill<T> fill, Func<T, double> cdf)
        where T : unmanaged
    {
        var x = new T[Count];
        fill(Key, x, 0);
        SampleTests.ChiSquaredUniform([.. x.Select(cdf)]);

        // Neighbours are independent: pairs fall evenly on a 16×16 grid.
        var pairs = new double[256];
        for (int i = 0; i + 1 < Count; i += 2)
        {
            pairs[16 * Cell(x[i]) + Cell(x[i + 1])]++;
        }

        SampleTests.ChiSquared(pairs, [.. pairs.Select(_ => Count / 512.0)]);

        int Cell(T value) => Math.Min((int)(cdf(value) * 16), 15);
    }

    private static void Uniform(Fill<double> fill, Func<double, double> cdf) => Uniform<double>(fill, cdf);

    private static void Chunks<T>(Fill<T> fill)
        where T : unmanaged
    {
        const int Size = 4999;
        var whole = new T[Size];
        fill(Key, whole, 17);
        foreach (int cut in new[] { 1, 3, 64, 2050 })
        {
            var parts = new T[Size];
            fill(Key, parts.AsSpan(cut), 17 + cut);
            fill(Key, parts.AsSpan(0, cut), 17);
            Assert.Equal(whole, parts);
        }
    }

    private static T Apply<K, T>(ulong bits)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> one = MemoryMarshal.Cast<ulong, T>(new Span<ulong>(ref bits))[..1];
        ElementwiseLoop.Unary<K, T>(one, one);
        return one[0];
    }
}
