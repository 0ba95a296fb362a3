namespace ProbNet.Distributions;

/// <summary>The bins of rational-quadratic splines in which arguments lie, one a lane.</summary>
internal struct SplineBin<V>
{
    /// <summary>Which bin, the place of its corner, its sides, and the slopes at its ends.</summary>
    public V Index, Left, Width, Bottom, Height, SlopeLeft, SlopeRight;

    /// <summary>What the slopes are made of.</summary>
    public V RawLeft, RawRight;
}
