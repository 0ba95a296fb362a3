namespace ProbNet.Distributions;

/// <summary><see cref="Independent{T}"/> without its type parameter.</summary>
internal interface IIndependent
{
    /// <summary>The coordinates' distributions.</summary>
    Distribution Coordinates { get; }

    /// <summary>How many of their last batch axes are event axes.</summary>
    int Axes { get; }
}
