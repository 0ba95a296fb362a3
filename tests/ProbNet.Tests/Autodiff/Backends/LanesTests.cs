using System.Numerics;
using System.Runtime.Intrinsics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Every member of the lane types, at every width, against scalar arithmetic on the same awkward numbers.</summary>
public class LanesTests
{
    private static readonly double[] s_values =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.75, 1e-30, -1e30, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 7,
    ];

    [Fact]
    public void Lanes512_EveryMember_AgreesWithScalars()
    {
        Check<Lanes512<float>, float>();
        Check<Lanes512<double>, double>();
    }

    [Fact]
    public void Lanes256_EveryMember_AgreesWithScalars()
    {
        Check<Lanes256<float>, float>();
        Check<Lanes256<double>, double>();
    }

    [Fact]
    public void Lanes128_EveryMember_AgreesWithScalars()
    {
        Check<Lanes128<float>, float>();
        Check<Lanes128<double>, double>();
    }

    [Fact]
    public void LanesPair_EveryMember_AgreesWithScalars()
    {
        Check<LanesPair<Lanes512<float>, float>, float>();
        Check<LanesPair<Lanes256<double>, double>, double>();
    }

    [Fact]
    public void ScaleInTwoSteps_OverflowToSubnormal_RoundsOnceLikeTheInstruction()
    {
        foreach (double x in new[] { 1, -1.75, 1.2345678901234567 })
        {
            for (int n = -1100; n <= 1100; n += 7)
            {
                Assert.Equal(Math.ScaleB(x, n), ScaleBoth<Lanes256<double>, double>(x, n));
            }

            for (int n = -155; n <= 150; n++)
            {
                Assert.Equal(MathF.ScaleB((float)x, n), ScaleBoth<Lanes256<float>, float>((float)x, n));
            }
        }
    }

    private static T ScaleBoth<V, T>(T x, int n)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] one = new T[V.Count], two = new T[V.Count];
        V power = V.Constant(n);
        V.ScaleByPowerOfTwo(V.Broadcast(x), power).Store(ref one[0]);
        LanesMath.ScaleInTwoSteps<V, T>(V.Broadcast(x), power).Store(ref two[0]);
        Assert.Equal(one[0], two[0]);
        return two[0];
    }

    private static void Check<V, T>()
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (double first in s_values)
        {
            foreach (double second in s_values)
            {
                T a = T.CreateTruncating(first), b = T.CreateTruncating(second), c = T.CreateTruncating(3);
                V va = V.Broadcast(a), vb = V.Constant(second), vc = V.Constant(3);
                Same(va + vb, a + b, "+");
                Same(va - vb, a - b, "-");
                Same(va * vb, a * b, "*");
                Same(va / vb, a / b, "/");
                Same(-va, -a, "negate");
                Same(V.MultiplyAdd(va, vb, vc), T.FusedMultiplyAdd(a, b, c), "MultiplyAdd");
                Same(V.Min(va, vb), T.Min(a, b), "Min");
                Same(V.Max(va, vb), T.Max(a, b), "Max");
                Same(V.Abs(va), T.Abs(a), "Abs");
                Same(V.Sqrt(va), T.Sqrt(a), "Sqrt");
                Same(V.Floor(va), T.Floor(a), "Floor");
                Same(V.Ceiling(va), T.Ceiling(a), "Ceiling");
                Same(V.Round(va), T.Round(a), "Round");
                Same(V.Truncate(va), T.Truncate(a), "Truncate");
                Same(V.CopySign(va, vb), T.CopySign(a, b), "CopySign");
                Same(V.Select(V.Less(va, vb), va, vb), a < b ? a : b, "Less");
                Same(V.Select(V.LessOrEqual(va, vb), va, vc), a <= b ? a : c, "LessOrEqual");
                Same(V.Select(V.Greater(va, vb), va, vc), a > b ? a : c, "Greater");
                Same(V.Select(V.GreaterOrEqual(va, vb), va, vc), a >= b ? a : c, "GreaterOrEqual");
                Same(V.Select(V.Equal(va, vb), va, vc), a == b ? a : c, "Equal");
                Same(V.Select(V.IsNaN(va), vb, vc), T.IsNaN(a) ? b : c, "IsNaN");
                Same(V.Select(~V.IsNaN(va), vb, vc), T.IsNaN(a) ? c : b, "not");
                Same(V.AndNot(va, V.Constant(-0.0)), T.Abs(a), "AndNot");
                Same((va & V.Constant(-0.0)) | V.Abs(vb), T.CopySign(b, a), "and, or");
                Same(va ^ va, T.Zero, "xor");
                Same(V.SubtractBits(V.AddBits(va, vb), vb), a, "AddBits");
                Assert.Equal(T.IsNaN(a), V.Any(V.IsNaN(va)));
            }
        }

        foreach ((double of, double exponent, double mantissa) in new[]
        {
            (1, 0, 1), (1.25, 0, 1.25), (1.5, 0, 0.75), (96, 6, 0.75), (0.8125, -1, 0.8125), (1e-40f, -133, 1e-40f * Math.Pow(2, 133)),
            (0, double.NegativeInfinity, 1), (-0.0, double.NegativeInfinity, 1), (double.PositiveInfinity, double.PositiveInfinity, 1),
            (-3, 1, double.NaN), (double.NegativeInfinity, double.PositiveInfinity, double.NaN), (double.NaN, double.NaN, double.NaN),
        })
        {
            Same(V.Exponent(V.Constant(of)), T.CreateTruncating(exponent), $"Exponent({of})");
            Same(V.Mantissa(V.Constant(of)), T.CreateTruncating(mantissa), $"Mantissa({of})");
        }

        float[] table = [.. Enumerable.Range(0, 32).Select(i => i * 1.5f)];
        for (int i = 0; i < 70; i += 23)
        {
            Same(V.Lookup(V.Bits(i), Vector512.Create(table), Vector512.Create(table, 16)), T.CreateTruncating(i % 32 * 1.5), "Lookup");
        }

        T[] ramp = [.. Enumerable.Range(1, V.Count + 2).Select(i => T.CreateChecked(i))], stored = new T[V.Count + 2];
        V loaded = V.Load(in ramp[0], 1);
        Assert.Equal(T.CreateChecked(V.Count * (V.Count + 3) / 2), V.Sum(loaded));
        loaded.Store(ref stored[0], 2);
        Assert.Equal([T.Zero, T.Zero, .. ramp[1..(V.Count + 1)]], stored);
        Assert.False(V.Any(V.Less(loaded, V.Zero)));
        Assert.True(V.Any(V.Equal(loaded, V.Constant(V.Count + 1))));
        Same(LanesMath.PowerOfTwo<V, T>(V.Constant(-3)), T.CreateChecked(0.125), "PowerOfTwo");
        Same(V.SubtractBits(V.ShiftRight(V.ShiftLeft(V.Bits(5), 3), 2), V.Bits(10)), T.Zero, "shifts");
    }

    /// <summary>Every lane, bit for bit, but that any NaN equals any other.</summary>
    private static void Same<V, T>(V lanes, T expected, string what)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] stored = new T[V.Count];
        lanes.Store(ref stored[0]);
        Assert.All(stored, lane => Assert.True(
            lane.Equals(expected) && (T.IsNaN(lane) || T.IsNegative(lane) == T.IsNegative(expected)),
            $"{typeof(V)} {what}: {lane}, expected {expected}."));
    }
}
