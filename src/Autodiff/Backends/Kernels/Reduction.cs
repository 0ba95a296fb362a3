namespace ProbNet.Autodiff;

/// <summary>How a <see cref="ReduceKernel"/> brings many elements to one. The order is fixed by the sizes alone, so that the same input gives the same bits.</summary>
public enum Reduction
{
    /// <summary>Their sum; 0 of none. Integers wrap.</summary>
    Sum,

    /// <summary>Their product; 1 of none.</summary>
    Product,

    /// <summary>The least; NaN if one is NaN.</summary>
    Min,

    /// <summary>The greatest; NaN if one is NaN.</summary>
    Max,

    /// <summary>log Σ exp, without overflow; −∞ of none or of −∞ alone, ∞ if one is ∞, NaN if one is NaN.</summary>
    LogSumExp,

    /// <summary>The index of the first least element, as Int64; NaN counts as the least.</summary>
    ArgMin,

    /// <summary>The index of the first greatest element, as Int64; NaN counts as the greatest.</summary>
    ArgMax,

    /// <summary>Whether one of some booleans is true.</summary>
    Any,

    /// <summary>Whether all of some booleans are true.</summary>
    All,
}
