namespace ProbNet.Autodiff;

/// <summary>How an adaptive solver controls its error: that of the state, and that of gradients, in units of the loss's largest derivative with respect to the solution.</summary>
public sealed record OdeOptions
{
    /// <summary>The error allowed a step, as a part of each element's size. Default 1e-6.</summary>
    public double RelativeTolerance { get; init; } = 1e-6;

    /// <summary>The error allowed a step near 0. Default 1e-6.</summary>
    public double AbsoluteTolerance { get; init; } = 1e-6;

    /// <summary>Steps, refused ones included, after which it gives up. Default 10,000.</summary>
    public int MaxSteps { get; init; } = 10_000;

    /// <summary>Whether a step is compiled (<see cref="Graph"/>); without, a debugger shows values. Default true.</summary>
    public bool Compile { get; init; } = true;

    /// <summary>Ends the solution early.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal OdeOptions Validated()
    {
        Require(RelativeTolerance >= 0 && double.IsFinite(RelativeTolerance), nameof(RelativeTolerance), RelativeTolerance);
        Require(AbsoluteTolerance > 0 && double.IsFinite(AbsoluteTolerance), nameof(AbsoluteTolerance), AbsoluteTolerance);
        Require(MaxSteps >= 1, nameof(MaxSteps), MaxSteps);
        return this;
    }

    private static void Require(bool holds, string name, double value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"OdeOptions.{name} = {value}: it must be above 0 and finite."));
        }
    }
}
