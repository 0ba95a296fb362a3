namespace ProbNet.Autodiff;

/// <content>Modified Bessel functions of the first kind, of orders 0 and 1.</content>
internal static partial class Special
{
    // e^−x I₀(x) on [0, 8] in x/4 − 1, and √x e^−x I₀(x) on [8, ∞) in 16/x − 1: Chebyshev series.
    private static ReadOnlySpan<double> BesselI0Small => 
    [
        0.6767952744094761, -0.3046826723431984, 0.17162090152220877, -0.09490109704804764, 0.04930528423967071,
        -0.02373741480589947, 0.010546460394594998, -0.004324309995050576, 0.0016394756169413357, -0.0005763755745385824,
        0.00018850288509584165, -5.754195010082104e-5, 1.6448448070728896e-5, -4.4167383584587505e-6, 1.1173875391201037e-6,
        -2.670793853940612e-7, 6.046995022541919e-8, -1.300025009986248e-8, 2.6598237246823866e-9, -5.189795601635263e-10,
        9.675809035373237e-11, -1.726826291441556e-11, 2.95505266312964e-12, -4.856446783111929e-13, 7.676185498604936e-14,
        -1.1685332877993451e-14, 1.715391285555133e-15, -2.431279846547955e-16, 3.3307945188222384e-17, -4.4153416464793395e-18,
        5.669178006921496e-19,
    ];

    private static ReadOnlySpan<double> BesselI0Large => 
    [
        0.8044904110141088, 0.0033691164782556943, 6.889758346916825e-5, 2.8913705208347567e-6, 2.0489185894690638e-7,
        2.266668990498178e-8, 3.3962320257083865e-9, 4.94060238822497e-10, 1.1889147107846439e-11, -3.1499165279632416e-11,
        -1.3215811840447713e-11, -1.7941785315068062e-12, 7.180124451383666e-13, 3.8527783827421426e-13, 1.54008621752141e-14,
        -4.150569347287222e-14, -9.554846698828307e-15, 3.8116806693526224e-15, 1.7725601330565263e-15, -3.425485619677219e-16,
        -2.8276239805165836e-16, 3.461222867697461e-17, 4.46562142029676e-17, -4.830504485944182e-18, -7.233180487874754e-18,
        9.921475412173699e-19, 1.193650890845982e-18,
    ];

    // e^−x I₁(x) / x on [0, 8] in x/4 − 1, and √x e^−x I₁(x) on [8, ∞) in 16/x − 1.
    private static ReadOnlySpan<double> BesselI1Small => 
    [
        0.25258718644363365, -0.17641651835783406, 0.1026436586898471, -0.05294598120809499, 0.024726449030626516,
        -0.010564084894626197, 0.004156422944312888, -0.0015135724506312532, 0.0005122859561685758, -0.00016176081582589674,
        4.781565107550054e-5, -1.3273163656039436e-5, 3.4702513081376785e-6, -8.568720264695455e-7, 2.0032947535521353e-7,
        -4.445059128796328e-8, 9.381537386495773e-9, -1.8872497517228294e-9, 3.625590281552117e-10, -6.663489723502027e-11,
        1.1736186298890901e-11, -1.9839743977649436e-12, 3.223793365945575e-13, -5.042185504727912e-14, 7.600684294735408e-15,
        -1.1055969477353862e-15, 1.5536319577362005e-16, -2.111421214358166e-17, 2.7779141127610464e-18, -3.541581772542136e-19,
    ];

    private static ReadOnlySpan<double> BesselI1Large => 
    [
        0.7785762350182801, -0.009761097491361469, -0.00011058893876262371, -3.882564808877691e-6, -2.512236237870209e-7,
        -2.6314688468895196e-8, -3.835380385964237e-9, -5.589743462196584e-10, -1.8974958123505413e-11, 3.2526035830154884e-11,
        1.4125807436613782e-11, 2.0356285441470896e-12, -7.198551776245908e-13, -4.0835511110921974e-13, -2.1015418427726643e-14,
        4.272440016711951e-14, 1.0420276984128802e-14, -3.8144030724370075e-15, -1.8803547755107825e-15, 3.3082023109209285e-16,
        2.96262899764595e-16, -3.209525921993424e-17, -4.6503053684893586e-17, 4.414348323071708e-18, 7.517296310842105e-18,
        -9.314178867326884e-19, -1.242193275194891e-18,
    ];

    /// <summary>I₀(x), the modified Bessel function of order 0; even.</summary>
    public static double BesselI0(double x) => Unscale(BesselI0e(x), x);

    /// <summary>I₁(x); odd.</summary>
    public static double BesselI1(double x) => Unscale(BesselI1e(x), x);

    /// <summary>e^−|x| I₀(x).</summary>
    public static double BesselI0e(double x)
    {
        double y = Math.Abs(x);
        return y == 0 ? 1 : y <= 8 ? Chebyshev(BesselI0Small, 0.25 * y - 1) : Chebyshev(BesselI0Large, 16 / y - 1) / Math.Sqrt(y);
    }

    /// <summary>e^−|x| I₁(x).</summary>
    public static double BesselI1e(double x)
    {
        double y = Math.Abs(x);
        return y <= 8 ? x * Chebyshev(BesselI1Small, 0.25 * y - 1) : Math.CopySign(Chebyshev(BesselI1Large, 16 / y - 1) / Math.Sqrt(y), x);
    }

    /// <summary>log I₀(x): the log normalizer of the von Mises distribution; ~ x²/4 near 0, ~ |x| − ½ log 2π|x| far out.</summary>
    public static double LogBesselI0(double x)
    {
        double y = Math.Abs(x);
        if (!(y < 1))
        {
            return double.IsInfinity(y) ? y : y + Math.Log(BesselI0e(y));
        }

        double quarter = 0.25 * x * x;
        double term = quarter;
        double sum = quarter;
        for (int k = 2; term > 1e-18 * sum; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return Log1p(sum);
    }

    /// <summary>scaled · e^|x|, in two halves: the exponential alone overflows a little before the function does.</summary>
    private static double Unscale(double scaled, double x)
    {
        double half = Math.Exp(0.5 * Math.Abs(x));
        return double.IsInfinity(x) ? Math.CopySign(double.PositiveInfinity, scaled) : half * scaled * half;
    }
}
