namespace ProbNet.Distributions;

/// <summary>How wide the kernels of a density estimate are, from n points with standard deviation s and interquartile range r.</summary>
public enum BandwidthRule
{
    /// <summary>0.9·min(s, r/1.34)·n^(−1/5), which keeps two peaks apart (Silverman 1986, equation 3.31).</summary>
    Silverman,

    /// <summary>1.06·s·n^(−1/5), for points that are about Normal (Scott 1992).</summary>
    Scott,
}
