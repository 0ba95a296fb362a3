namespace ProbNet.Distributions;

/// <summary>How raw numbers make a rational-quadratic spline: what does not change from element to element.</summary>
/// <param name="Bins">K.</param>
/// <param name="Bound">Half the length of the interval, and half the height.</param>
/// <param name="MinWidth">The least width of a bin, as a part of the interval.</param>
/// <param name="MinHeight">The least height of a bin, as a part of the height.</param>
/// <param name="MinSlope">The least slope at a knot.</param>
/// <param name="LearnTails">Whether the slopes at the ends are among the raw numbers; else they are 1.</param>
internal readonly record struct SplineShape(int Bins, double Bound, double MinWidth, double MinHeight, double MinSlope, bool LearnTails)
{
    /// <summary>Raw numbers of one spline: K widths, K heights, and the slopes.</summary>
    public int RawSize => (3 * Bins) + (LearnTails ? 1 : -1);

    /// <summary>The least width of a bin.</summary>
    public double WidthFloor => 2 * Bound * MinWidth;

    /// <summary>The least height of a bin.</summary>
    public double HeightFloor => 2 * Bound * MinHeight;

    /// <summary>What all bins share beyond their least widths.</summary>
    public double WidthShare => 2 * Bound * (1 - (Bins * MinWidth));

    /// <summary>What all bins share beyond their least heights.</summary>
    public double HeightShare => 2 * Bound * (1 - (Bins * MinHeight));
}
