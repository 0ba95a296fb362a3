namespace ProbNet.Autodiff;

/// <content>Modified Bessel functions of the second kind, of orders 0 and 1.</content>
internal static partial class Special
{
    // K₀(x) + ln(x/2) I₀(x) and (K₁(x) − ln(x/2) I₁(x) − 1/x)/x on [0, 1] in 2x² − 1 (DLMF 10.31).
    private static ReadOnlySpan<double> BesselK0Small =>
    [
        -1.0375749802395864, 0.06031736872970144, 0.0019067979200040291, 1.7685826734608484e-5, 8.208545937766009e-8, 2.312054621357364e-10,
        4.3900929016729766e-13, 6.010978195837249e-16,
    ];

    private static ReadOnlySpan<double> BesselK1Small =>
    [
        0.0329913777785748, -0.022478670808596644, -0.00036892910600947983, -2.4105479428061684e-6, -8.709156981729336e-9,
        -2.0138477272142416e-11, -3.247212131517222e-14, -3.8659504643628276e-17,
    ];

    // √x eˣ K(x) on [1, ∞) in (x − 3)/(x + 1).
    private static ReadOnlySpan<double> BesselK0Large =>
    [
        2.407608926109357, 0.05377186684016231, -0.0048333495197570246, 0.0006416331147061691, -8.085396595143496e-5, 1.1773744647418755e-5,
        -1.6150973309703824e-6, 2.4918138000209396e-7, -3.509915621701656e-8, 5.728383465334587e-9, -7.931680936304521e-10,
        1.4109646957151853e-10, -1.77683436158167e-11, 3.801040308839454e-12, -3.4754701787687523e-13, 1.2035044346822453e-13,
        -1.786133846102216e-15, 5.064093997634472e-15, 5.351873023363219e-16, 3.038767830277472e-16, 6.638490060854379e-17,
        2.417393176113703e-17, 6.8520166121880276e-18,
    ];

    private static ReadOnlySpan<double> BesselK1Large =>
    [
        2.8406733587311064, -0.18778332559306993, 0.023849245401445125, -0.003550253959139083, 0.0005343493012113108, -8.391222096441978e-5,
        1.3187909600998988e-5, -2.125338560988315e-6, 3.405416420238815e-7, -5.581844742340829e-8, 9.020785501204987e-9,
        -1.5013103660709765e-9, 2.4242434584597053e-10, -4.119286960201173e-11, 6.539051172708639e-12, -1.1585451935690668e-12,
        1.733677632432424e-13, -3.4188298815157805e-14, 4.2181733999890244e-15, -1.134201808499488e-15, 6.322653472635779e-17,
        -4.877300232359452e-17,
    ];

    /// <summary>K₀(x), x &gt; 0; +∞ at 0, NaN below.</summary>
    public static double BesselK0(double x) => x <= 1 ? BesselK0Near(x) : Math.Exp(-x) * BesselK0e(x);

    /// <summary>K₁(x), x &gt; 0; +∞ at 0, NaN below.</summary>
    public static double BesselK1(double x) => x <= 1 ? BesselK1Near(x) : Math.Exp(-x) * BesselK1e(x);

    /// <summary>eˣ K₀(x).</summary>
    public static double BesselK0e(double x) => x <= 1 ? Math.Exp(x) * BesselK0Near(x) : Chebyshev(BesselK0Large, 1 - 4 / (x + 1)) / Math.Sqrt(x);

    /// <summary>eˣ K₁(x).</summary>
    public static double BesselK1e(double x) => x <= 1 ? Math.Exp(x) * BesselK1Near(x) : Chebyshev(BesselK1Large, 1 - 4 / (x + 1)) / Math.Sqrt(x);

    private static double BesselK0Near(double x) =>
        x == 0 ? double.PositiveInfinity : Chebyshev(BesselK0Small, 2 * x * x - 1) - Math.Log(0.5 * x) * BesselI0(x);

    private static double BesselK1Near(double x) => x switch
    {
        0 => double.PositiveInfinity,
        < 1e-9 => x < 0 ? double.NaN : 1 / x,
        _ => 1 / x + (Math.Log(0.5 * x) * BesselI1(x) + x * Chebyshev(BesselK1Small, 2 * x * x - 1)),
    };
}
