using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Raw features made positive in the one way that all heads use, softplus with a floor: it grows linearly, so that it does not overflow, and no
/// cluster of equal targets can drive a scale to zero and a likelihood to infinity.
/// </summary>
internal static class PositiveParameter
{
    /// <summary>The default floor of a scale, in standardized units.</summary>
    public const double DefaultFloor = 1e-3;

    /// <summary>softplus(raw) + floor.</summary>
    public static Tensor FromRaw(Tensor raw, double floor) => raw.Softplus() + floor;

    /// <summary>The raw value that gives a positive one: ln(e^(value − floor) − 1).</summary>
    public static Tensor ToRaw(Tensor value, double floor)
    {
        // v + ln(1 − e⁻ᵛ) does not overflow for large v.
        Tensor v = Tensor.Maximum(value - floor, 1e-6);
        return v + (-(-v).Expm1()).Log();
    }

    /// <summary>A floor that is above a bound and finite, or an error.</summary>
    public static double RequireFloor(string head, string parameter, double floor, double above = 0) => floor > above && double.IsFinite(floor)
        ? floor
        : throw new ArgumentOutOfRangeException(
            parameter, floor, FormattableString.Invariant($"{head}: {parameter} must be above {above} and finite."));
}
