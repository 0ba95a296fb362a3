namespace ProbNet.Distributions;

/// <summary>Constants of the log densities.</summary>
internal static class Constants
{
    /// <summary>½ ln 2π.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln 2.</summary>
    public const double LogTwo = 0.69314718055994530942;

    /// <summary>ln π.</summary>
    public const double LogPi = 1.14472988584940017414;

    /// <summary>Euler's γ.</summary>
    public const double EulerGamma = 0.57721566490153286061;

    /// <summary>√½.</summary>
    public const double SqrtHalf = 0.70710678118654752440;
}
