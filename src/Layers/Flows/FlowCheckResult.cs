using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>What <see cref="Flows.Check(TransformedVector, RandomKey?, int)"/> found.</summary>
/// <param name="RoundTripError">The largest |inverse(forward(x)) − x|/(1 + |x|).</param>
/// <param name="LogDetError">The largest difference between the log-determinant and that of the Jacobian by automatic differentiation.</param>
/// <param name="Integral">The integral of the density over a grid around all that it reaches, near to 1; null in more than two dimensions or for a batch.</param>
/// <param name="Tolerance">What the first two may be: by the type of the numbers.</param>
public sealed record FlowCheckResult(double RoundTripError, double LogDetError, double? Integral, double Tolerance)
{
    /// <summary>How far the integral may be from 1: the error of the grid, which is coarse against sharp edges.</summary>
    public const double IntegralTolerance = 0.01;

    /// <summary>Whether all errors are within their tolerances; NaN is not.</summary>
    public bool Passed => RoundTripError <= Tolerance && LogDetError <= Tolerance && (Integral is not { } integral || Math.Abs(integral - 1) <= IntegralTolerance);

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"round trip {RoundTripError:G3}, log-determinant {LogDetError:G3} (at most {Tolerance:G3})")
        + (Integral is { } integral ? FormattableString.Invariant($", integral {integral:F4}") : "");
}
