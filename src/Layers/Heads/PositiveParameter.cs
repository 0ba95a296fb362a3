using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Raw features made positive. Scales go through softplus with a floor: it grows linearly, so that it does not overflow, and no cluster of equal targets can
/// drive a scale to zero and a likelihood to infinity. Rates and means of positive targets, which may span orders of magnitude, go through a tamed exponential.
/// </summary>
internal static class PositiveParameter
{
    /// <summary>The default floor of a scale, in standardized units.</summary>
    public const double DefaultFloor = 1e-3;

    private const double Knee = 20;

    /// <summary>softplus(raw) + floor.</summary>
    public static Tensor FromRaw(Tensor raw, double floor) => raw.Softplus() + floor;

    /// <summary>The raw value that gives a positive one: ln(e^(value − floor) − 1).</summary>
    public static Tensor ToRaw(Tensor value, double floor)
    {
        // v + ln(1 − e⁻ᵛ) does not overflow for large v.
        Tensor v = Tensor.Maximum(value - floor, 1e-6);
        return v + (-(-v).Expm1()).Log();
    }

    /// <summary>exp(raw), which beyond ±20 grows as a power of the logarithm's excess only: half a billion is far off, and nothing overflows.</summary>
    public static Tensor FromLog(Tensor raw) => TamedLog(raw).Exp();

    /// <summary>raw, which beyond ±20 grows as a logarithm only.</summary>
    public static Tensor TamedLog(Tensor raw)
    {
        Tensor core = raw.Clip(-Knee, Knee), excess = raw - core;
        return core + (excess.Sign() * excess.Abs().Log1p());
    }

    /// <summary>The raw value of <see cref="FromLog"/> for a positive number, no less than a small one.</summary>
    public static Tensor ToLog(Tensor value, double least = 0.01) => Tensor.Maximum(value, least).Log();

    /// <summary>A floor that is above a bound and finite, or an error.</summary>
    public static double RequireFloor(string head, string parameter, double floor, double above = 0) => floor > above && double.IsFinite(floor)
        ? floor
        : throw new ArgumentOutOfRangeException(
            parameter, floor, FormattableString.Invariant($"{head}: {parameter} must be above {above} and finite."));
}
