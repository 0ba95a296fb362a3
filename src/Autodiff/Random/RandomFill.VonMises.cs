using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <content>Von Mises variates: each try is made for all elements at once that are still open.</content>
internal static partial class RandomFill
{
    /// <summary>Angles of the von Mises distribution around 0 (Best and Fisher 1979). NaN where the concentration is not above 0 or infinite.</summary>
    public static void VonMises(RandomKey key, ReadOnlySpan<double> concentration, Span<double> destination, long offset = 0) =>
        InBlocks(nameof(VonMises), key, concentration, destination, offset, VonMises);

    [SkipLocalsInit]
    private static void VonMises(KeyBits key, ReadOnlySpan<KeyBits> tries, ReadOnlySpan<double> concentration, Span<double> destination, ulong first)
    {
        int n = destination.Length, left = 0;
        Span<int> open = stackalloc int[n];
        Span<double> kappa = stackalloc double[n], excess = stackalloc double[n], low = stackalloc double[n], high = stackalloc double[n];
        Span<double> versine = stackalloc double[n], c = stackalloc double[n];
        destination.Fill(double.NaN);
        for (int i = 0; i < n; i++)
        {
            if (concentration[i] > 0 && concentration[i] < double.PositiveInfinity)
            {
                (open[left], kappa[left]) = (i, concentration[i]);
                left++;
            }
        }

        ElementwiseLoop.Unary<VonMisesExcess, double>(kappa[..left], excess[..left]);
        for (int j = 0; left > 0; j++)
        {
            KeyBits from = Try(key, tries, j);
            if (left == n)
            {
                Halves(from, first, low, high);
            }
            else
            {
                for (int i = 0; i < left; i++)
                {
                    (low[i], high[i]) = Half<double>(from, first + (ulong)open[i]);
                }
            }

            ElementwiseLoop.Binary<VonMisesVersine, double>(low[..left], excess[..left], versine[..left]);
            ElementwiseLoop.Ternary<VonMisesRatio, double>(kappa[..left], excess[..left], versine[..left], c[..left]);
            ElementwiseLoop.Binary<VonMisesScore, double>(c[..left], high[..left], high[..left]);
            int still = 0;
            for (int i = 0; i < left; i++)
            {
                if (high[i] >= 0)
                {
                    // The last bit, of which the uniform number makes no use, is the sign.
                    destination[open[i]] = (BitConverter.DoubleToUInt64Bits(low[i]) & 1) == 0 ? versine[i] : -versine[i];
                }
                else
                {
                    (open[still], kappa[still], excess[still]) = (open[i], kappa[i], excess[i]);
                    still++;
                }
            }

            left = still;
        }

        ElementwiseLoop.Unary<AngleOfVersine, double>(destination, destination);
    }

    /// <summary>r − 1 of the wrapped Cauchy envelope, where r = (1 + ρ²)/(2ρ), from κ; by series where κ is so small or so large that ρ cancels.</summary>
    private readonly struct VonMisesExcess : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V one = V.Constant(1), two = V.Constant(2), root = V.Sqrt(one + V.Constant(4) * x * x);
            V rho = (one + root - V.Sqrt(two * (one + root))) / (two * x);
            V excess = V.Select(V.Greater(x, V.Constant(1e15)), V.Constant(0.5) / x, (one - rho) * (one - rho) / (two * rho));
            return V.Select(V.Less(x, V.Constant(1e-5)), one / x, excess);
        }
    }

    /// <summary>
    /// 1 − cos θ of the envelope: (r − 1)(1 − z)/(r + z), with 1 − z = 2·sin²(πu/2), which keeps small angles. The operands are bits and r − 1.
    /// </summary>
    private readonly struct VonMisesVersine : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V sine = VectorMath.Sin<V, T>(V.Constant(0.5 * Math.PI) * RandomMaps.UnitMiddle.Apply<V, T>(a)), lift = V.Constant(2) * sine * sine;
            return b * lift / (b + V.Constant(2) - lift);
        }
    }

    /// <summary>κ·(r − cos θ).</summary>
    private readonly struct VonMisesRatio : ITernaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b, V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a * (b + c);
    }

    /// <summary>log(c/v) + 1 − c, which is not negative where the angle is accepted. The operands are c and bits.</summary>
    private readonly struct VonMisesScore : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            PortableMath.Log<V, T>(a / RandomMaps.UnitMiddle.Apply<V, T>(b)) + V.Constant(1) - a;
    }

    /// <summary>±θ from ±(1 − cos θ).</summary>
    private readonly struct AngleOfVersine : IUnaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V half = V.Sqrt(V.Constant(0.5) * V.Abs(x));
            return V.CopySign(V.Constant(2) * VectorMath.Asin<V, T>(V.Min(half, V.Constant(1))), x);
        }
    }
}
