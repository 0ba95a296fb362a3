namespace ProbNet.Distributions;

/// <summary>How good a number is.</summary>
public enum Evidence
{
    /// <summary>A closed form, right to rounding.</summary>
    Exact,

    /// <summary>Computed numerically (quadrature, root finding) to a stated tolerance.</summary>
    Numeric,

    /// <summary>An unbiased Monte Carlo estimate; its standard error comes with it.</summary>
    Unbiased,

    /// <summary>A lower bound, such as an evidence lower bound.</summary>
    LowerBound,
}
