namespace ProbNet.Autodiff;

/// <summary>A derivative does not agree with differences of the function; the message holds the whole report.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>Creates the exception from a failed check.</summary>
    public GradientCheckException(GradientCheckResult result) : base(result.ToString()) => Result = result;

    /// <summary>The failed check.</summary>
    public GradientCheckResult Result { get; }
}
