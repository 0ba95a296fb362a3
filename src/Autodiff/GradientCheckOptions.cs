namespace ProbNet.Autodiff;

/// <summary>How <see cref="GradientCheck"/> compares derivatives with differences.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// The highest order of derivative to check; all orders below are checked too. 1 compares the gradient with differences of the function,
    /// 2 also compares the gradient of the gradient with differences of the gradient. Default 2.
    /// </summary>
    public int Order { get; init; } = 2;

    /// <summary>
    /// The step h of the differences, relative to max(1, |x|) for each element x. The formula reaches 2h to both sides, so the function must be smooth
    /// that far around the point: keep points away from kinks and from the edge of the domain, or make the step smaller. Default 1e-3, where
    /// the five-point formula's truncation, h⁴/30 times the fifth derivative, and its rounding, 1.5·2⁻⁵²/h, are both near 1e-13.
    /// </summary>
    public double Step { get; init; } = 1e-3;

    /// <summary>
    /// The relative error up to which a derivative passes. Default 1e-7: far above the differences' own error, far below any wrong formula's.
    /// </summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>
    /// How many random projections are checked for each input. Every projection moves every element, so one sees any wrong element. Default 2.
    /// </summary>
    public int Projections { get; init; } = 2;

    /// <summary>The seed of the random projections; the same seed gives the same check.</summary>
    public ulong Seed { get; init; } = 2718;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Order, 1, nameof(Order));
        ArgumentOutOfRangeException.ThrowIfLessThan(Projections, 1, nameof(Projections));
        if (!(Step > 0 && double.IsFinite(Step)))
        {
            throw new ArgumentOutOfRangeException(nameof(Step), Step, "GradientCheck: the step must be positive and finite.");
        }

        if (!(Tolerance > 0 && double.IsFinite(Tolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(Tolerance), Tolerance, "GradientCheck: the tolerance must be positive and finite.");
        }
    }
}
